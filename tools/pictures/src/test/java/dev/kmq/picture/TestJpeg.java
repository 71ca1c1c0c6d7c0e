package dev.kmq.picture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes baseline JPEG files for tests: one MCU after the other in a row, each of one colour. */
final class TestJpeg {
  private static final int MAX_CATEGORY = 11;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int[] ids;
  private final boolean subsampled;
  private final int[][] colors;
  private int process = 0xC0;
  private int precision = 8;
  private int bits;
  private int count;

  /**
   * A file.
   *
   * @param ids of the components
   * @param subsampled whether the second and third component have half the width
   * @param colors samples of each MCU, one a component
   */
  TestJpeg(int[] ids, boolean subsampled, int[]... colors) {
    this.ids = ids;
    this.subsampled = subsampled;
    this.colors = colors;
    out.write(0xFF);
    out.write(0xD8);
  }

  TestJpeg jfif() {
    return segment(0xE0, "JFIF\0", 1, 1, 0, 0, 1, 0, 1, 0, 0);
  }

  TestJpeg adobe(int transform) {
    return segment(0xEE, "Adobe", 0, 100, 0, 0, 0, 0, transform);
  }

  /** Another process or precision in the frame header; the scan stays baseline. */
  TestJpeg frame(int marker, int bitsPerSample) {
    process = marker;
    precision = bitsPerSample;
    return this;
  }

  TestJpeg segment(int marker, String text, int... data) {
    out.write(0xFF);
    out.write(marker);
    word(2 + text.length() + data.length);
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    for (int one : data) {
      out.write(one);
    }
    return this;
  }

  private void word(int value) {
    out.write(value >>> 8);
    out.write(value);
  }

  /** Width in pixels. */
  int width() {
    return (subsampled ? 16 : 8) * colors.length;
  }

  byte[] bytes() {
    int[] ones = new int[65];
    java.util.Arrays.fill(ones, 1, 65, 1);
    segment(0xDB, "", ones);
    int n = ids.length;
    int[] frame = new int[6 + 3 * n];
    frame[0] = precision;
    frame[2] = 8;
    frame[3] = width() >>> 8;
    frame[4] = width();
    frame[5] = n;
    int[] scan = new int[1 + 2 * n + 3];
    scan[0] = n;
    for (int c = 0; c < n; c++) {
      frame[6 + 3 * c] = ids[c];
      frame[7 + 3 * c] = wide(c) ? 0x21 : 0x11;
      scan[1 + 2 * c] = ids[c];
    }
    scan[scan.length - 2] = 63;
    segment(process, "", frame);
    // Codes of 4 bits for the categories of DC, one code of 1 bit for the end of a block.
    int[] dc = new int[17 + MAX_CATEGORY + 1];
    dc[4] = MAX_CATEGORY + 1;
    for (int i = 0; i <= MAX_CATEGORY; i++) {
      dc[17 + i] = i;
    }
    segment(0xC4, "", dc);
    int[] ac = new int[18];
    ac[0] = 0x10;
    ac[1] = 1;
    segment(0xC4, "", ac);
    segment(0xDA, "", scan);
    int[] before = new int[n];
    for (int[] color : colors) {
      for (int c = 0; c < n; c++) {
        for (int block = 0; block < (wide(c) ? 2 : 1); block++) {
          int value = (color[c] - 128) * 8;
          block(value - before[c]);
          before[c] = value;
        }
      }
    }
    put(0x7F, 7);
    out.write(0xFF);
    out.write(0xD9);
    return out.toByteArray();
  }

  private boolean wide(int component) {
    return subsampled && component % 3 == 0;
  }

  private void block(int difference) {
    int category = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
    put(category, 4);
    put(difference < 0 ? difference - 1 : difference, category);
    put(0, 1);
  }

  private void put(int value, int length) {
    for (int i = length - 1; i >= 0; i--) {
      bits = bits << 1 | value >>> i & 1;
      count++;
      if (count == 8) {
        out.write(bits);
        if ((bits & 0xFF) == 0xFF) {
          out.write(0);
        }
        bits = 0;
        count = 0;
      }
    }
  }
}
