package dev.kmq.spec;

import java.io.ByteArrayOutputStream;

/** The image that a recipe describes: the expected result of reading its file. */
final class Picture {
  final int width;
  final int height;
  final int colors;

  /** One index per pixel, row after row; empty for headers with a false size. */
  final int[] indices;

  /** Entries as 0xRRGGBBAA. */
  final int[] palette;

  private Picture(int width, int height, int colors, int[] indices, int[] palette) {
    this.width = width;
    this.height = height;
    this.colors = colors;
    this.indices = indices;
    this.palette = palette;
  }

  static Picture of(int width, int height, int colors) {
    return new Picture(width, height, colors, new int[0], new int[0]);
  }

  Picture withIndices(int... values) {
    if (values.length != (long) width * height) {
      throw new IllegalArgumentException(values.length + " indices for " + width + "x" + height);
    }
    return new Picture(width, height, colors, values, palette);
  }

  Picture withPalette(int... entries) {
    if (entries.length != colors) {
      throw new IllegalArgumentException(entries.length + " entries for K = " + colors);
    }
    return new Picture(width, height, colors, indices, entries);
  }

  /** Index (x, y) is {@code floor((a x + b y + c x y) / d) mod K}. */
  Picture withFormula(int a, int b, int c, int d) {
    int[] values = new int[width * height];
    for (int i = 0; i < values.length; i++) {
      long x = i % width;
      long y = i / width;
      values[i] = (int) ((a * x + b * y + c * x * y) / d % colors);
    }
    return withIndices(values);
  }

  /** Entry i is R = i mod 256, G = floor(i / 256), B = 37 i mod 256, A = 255 - 3 i mod 256. */
  Picture withStandardPalette(boolean alpha) {
    int[] entries = new int[colors];
    for (int i = 0; i < colors; i++) {
      int a = alpha ? 255 - 3 * i % 256 : 255;
      entries[i] = i % 256 << 24 | i / 256 << 16 | 37 * i % 256 << 8 | a;
    }
    return withPalette(entries);
  }

  /** All indices as two bytes each, high byte first, row after row. */
  byte[] indexBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int index : indices) {
      out.write(index >>> 8);
      out.write(index);
    }
    return out.toByteArray();
  }

  /** All pixels as R, G, B, A, row after row. */
  byte[] rgbaBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int index : indices) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(palette[index] >>> shift);
      }
    }
    return out.toByteArray();
  }
}
