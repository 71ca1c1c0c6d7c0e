package dev.kmq.bench;

import dev.kmq.image.PixelSource;

/** Images made smaller by averaging. */
final class Reduced {
  private Reduced() {}

  /**
   * Reduces an image to a width, keeping its proportions. A pixel is the mean of the area that it
   * covers, by 8-bit samples, weighted by alpha; pixels on its edge count by the share covered.
   *
   * @return the image itself if it is not wider
   */
  static PixelSource to(int width, PixelSource image) {
    if (image.width() <= width) {
      return image;
    }
    int height = Math.max(1, Math.round((float) image.height() * width / image.width()));
    int[] argb = new int[image.width() * image.height()];
    image.readRows(0, image.height(), argb);
    int[] reduced = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        reduced[y * width + x] = mean(argb, image.width(), image.height(), x, y, width, height);
      }
    }
    return PixelSource.of(width, height, reduced);
  }

  /** Lengths are in units of 1/width or 1/height of a source pixel, so that all are integers. */
  private static int mean(int[] argb, int fromWidth, int fromHeight, int x, int y, int w, int h) {
    long left = (long) x * fromWidth;
    long right = left + fromWidth;
    long top = (long) y * fromHeight;
    long bottom = top + fromHeight;
    long[] sums = new long[4];
    for (long v = top / h; v * h < bottom; v++) {
      long rows = Math.min(bottom, (v + 1) * h) - Math.max(top, v * h);
      for (long u = left / w; u * w < right; u++) {
        long area = rows * (Math.min(right, (u + 1) * w) - Math.max(left, u * w));
        int p = argb[(int) (v * fromWidth + u)];
        long weight = area * (p >>> 24);
        sums[0] += weight;
        sums[1] += weight * (p >>> 16 & 0xFF);
        sums[2] += weight * (p >>> 8 & 0xFF);
        sums[3] += weight * (p & 0xFF);
      }
    }
    if (sums[0] == 0) {
      return 0;
    }
    int pixel = (int) Math.round((double) sums[0] / ((double) fromWidth * fromHeight));
    for (int i = 1; i < sums.length; i++) {
      pixel = pixel << 8 | (int) Math.round((double) sums[i] / sums[0]);
    }
    return pixel;
  }
}
