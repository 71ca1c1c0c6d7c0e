package dev.kmq.metrics;

/**
 * Consecutive rows of an image in linear RGB, 0 to 1. Rows are read by any thread; writers write
 * different rows.
 */
final class LinearImage {
  static final int CHANNELS = 3;

  /** Linear values of 8-bit sRGB samples (IEC 61966-2-1). */
  private static final float[] LINEAR = new float[256];

  static {
    for (int i = 0; i < 256; i++) {
      double v = i / 255.0;
      LINEAR[i] = (float) (v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4));
    }
  }

  private final int width;
  private final int height;
  private final int top;
  private final float[][] planes;

  /**
   * Rows of black.
   *
   * @param height of the whole image
   * @param top the first row
   * @param rows number of rows
   */
  LinearImage(int width, int height, int top, int rows) {
    this.width = width;
    this.height = height;
    this.top = top;
    planes = new float[CHANNELS][Math.multiplyExact(width, rows)];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The samples of a channel; those of row y begin at {@link #start}. */
  float[] plane(int channel) {
    return planes[channel];
  }

  /** Index of the first sample of row y. */
  int start(int y) {
    return (y - top) * width;
  }

  /**
   * Converts ARGB pixels, composited onto a grey as on a screen: in 8-bit sRGB, rounded.
   *
   * @param argb as many pixels as this has
   * @param grey 0 to 255
   */
  void set(int[] argb, int grey) {
    float[] red = planes[0];
    float[] green = planes[1];
    float[] blue = planes[2];
    for (int i = 0; i < red.length; i++) {
      int p = argb[i];
      int alpha = p >>> 24;
      int r = p >>> 16 & 0xFF;
      int g = p >>> 8 & 0xFF;
      int b = p & 0xFF;
      if (alpha < 255) {
        int under = grey * (255 - alpha) + 127;
        r = (r * alpha + under) / 255;
        g = (g * alpha + under) / 255;
        b = (b * alpha + under) / 255;
      }
      red[i] = LINEAR[r];
      green[i] = LINEAR[g];
      blue[i] = LINEAR[b];
    }
  }

  /**
   * Computes the rows of the image at half the size that come from the rows {@code from} to {@code
   * to - 1}: the means of 2x2 pixels. Odd edges are repeated.
   *
   * @param from even
   * @param to even or the height
   */
  void halve(int from, int to, LinearImage half) {
    for (int c = 0; c < CHANNELS; c++) {
      float[] in = planes[c];
      float[] out = half.planes[c];
      for (int y = from; y < to; y += 2) {
        int upper = start(y);
        int lower = start(Math.min(y + 1, height - 1));
        int at = half.start(y / 2);
        for (int x = 0; x < width / 2; x++) {
          int i = 2 * x;
          out[at + x] = (in[upper + i] + in[upper + i + 1] + in[lower + i] + in[lower + i + 1]) / 4;
        }
        if (width % 2 == 1) {
          int last = width - 1;
          out[at + width / 2] = (in[upper + last] + in[lower + last]) / 2;
        }
      }
    }
  }
}
