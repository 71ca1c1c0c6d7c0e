package dev.kmq.picture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes GIF files for tests, block by block. */
public final class TestGif {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A file with a screen of this size and a global table, whose length is a power of two. */
  public TestGif(int width, int height, int... table) {
    out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
    word(width);
    word(height);
    out.write(table.length == 0 ? 0 : 0x80 | bits(table.length) - 1);
    out.write(0);
    out.write(0);
    table(table);
  }

  private static int bits(int entries) {
    return 31 - Integer.numberOfLeadingZeros(entries);
  }

  private void table(int... table) {
    for (int rgb : table) {
      out.write(rgb >>> 16);
      out.write(rgb >>> 8);
      out.write(rgb);
    }
  }

  private void word(int value) {
    out.write(value);
    out.write(value >>> 8);
  }

  /** Sets the transparent index of the next image. */
  public TestGif transparent(int index) {
    out.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, 1, 0, 0, (byte) index, 0});
    return this;
  }

  /** Sets the disposal method of the next image, and its transparent index. */
  public TestGif control(int disposal, int index) {
    int flags = disposal << 2 | 1;
    out.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, (byte) flags, 0, 0, (byte) index, 0});
    return this;
  }

  /** A comment extension. */
  public TestGif comment(String text) {
    out.writeBytes(new byte[] {0x21, (byte) 0xFE, (byte) text.length()});
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    out.write(0);
    return this;
  }

  /** An image whose rows are stored in the order they are given. */
  public TestGif image(
      int left, int top, int width, int height, boolean interlaced, int codeSize, byte[] indices) {
    out.write(0x2C);
    word(left);
    word(top);
    word(width);
    word(height);
    out.write(interlaced ? 0x40 : 0);
    out.write(codeSize);
    byte[] data = codes(indices, codeSize);
    for (int at = 0; at < data.length; at += 255) {
      int n = Math.min(255, data.length - at);
      out.write(n);
      out.write(data, at, n);
    }
    out.write(0);
    return this;
  }

  /** LZW codes of single indices only; code sizes follow the decoder's dictionary. */
  private static byte[] codes(byte[] indices, int codeSize) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int clear = 1 << codeSize;
    long bits = clear;
    int count = codeSize + 1;
    int width = codeSize + 1;
    int next = clear + 2;
    boolean first = true;
    for (int i = 0; i <= indices.length; i++) {
      int code = i < indices.length ? indices[i] & 0xFF : clear + 1;
      bits |= (long) code << count;
      count += width;
      while (count >= 8) {
        bytes.write((int) bits);
        bits >>>= 8;
        count -= 8;
      }
      if (!first && next < 4096) {
        next++;
        if (next == 1 << width && width < 12) {
          width++;
        }
      }
      first = false;
    }
    if (count > 0) {
      bytes.write((int) bits);
    }
    return bytes.toByteArray();
  }

  /** The file with its end. */
  public byte[] bytes() {
    byte[] start = out.toByteArray();
    byte[] whole = java.util.Arrays.copyOf(start, start.length + 1);
    whole[start.length] = 0x3B;
    return whole;
  }
}
