package dev.kmq.metrics;

import dev.kmq.image.PixelSource;

/**
 * The share of pixels on an edge of a band: where an image is smooth, so that a pixel differs from
 * the ones to its left and above by at most {@value #SMOOTH} levels, and the indexed image has a
 * step of at least {@value #STEP} levels. Levels are those of alpha and of premultiplied 8-bit
 * channels; the largest difference counts. Textures hide steps, and noise has none that continue,
 * so neither counts. A sky of eight bands has a share of about 2 %.
 */
public final class Banding {
  private static final int SMOOTH = 2;
  private static final int STEP = 5;

  private Banding() {}

  /**
   * Compares an image with its original.
   *
   * @return 0 to 1
   * @throws IllegalArgumentException if the sizes differ
   */
  public static double share(PixelSource original, PixelSource indexed) {
    Backgrounds.requireSameSize(original, indexed);
    int width = original.width();
    int height = original.height();
    int[] above = new int[width];
    int[] row = new int[width];
    int[] indexedAbove = new int[width];
    int[] indexedRow = new int[width];
    long edges = 0;
    for (int y = 0; y < height; y++) {
      original.readRows(y, 1, row);
      indexed.readRows(y, 1, indexedRow);
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - 1);
        boolean smooth =
            gap(row[x], row[left]) <= SMOOTH && (y == 0 || gap(row[x], above[x]) <= SMOOTH);
        if (smooth
            && (gap(indexedRow[x], indexedRow[left]) >= STEP
                || y > 0 && gap(indexedRow[x], indexedAbove[x]) >= STEP)) {
          edges++;
        }
      }
      int[] next = above;
      above = row;
      row = next;
      next = indexedAbove;
      indexedAbove = indexedRow;
      indexedRow = next;
    }
    return (double) edges / ((long) width * height);
  }

  private static int gap(int a, int b) {
    if (a == b) {
      return 0;
    }
    int alphaA = a >>> 24;
    int alphaB = b >>> 24;
    int largest = Math.abs(alphaA - alphaB);
    for (int shift = 0; shift < 24; shift += 8) {
      int gap = Math.abs((a >>> shift & 0xFF) * alphaA - (b >>> shift & 0xFF) * alphaB);
      largest = Math.max(largest, gap / 255);
    }
    return largest;
  }
}
