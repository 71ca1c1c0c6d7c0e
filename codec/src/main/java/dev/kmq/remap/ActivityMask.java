package dev.kmq.remap;

import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorCoordinates;

/**
 * Weights of errors by the activity around each pixel: (1 + v/2)^(-5/8), v the variance of Oklab
 * lightness over 5x5 pixels, fewer at the borders, in squared steps of 8-bit channels summed over
 * three. So errors count in full where the image is flat, and less where it is busy and hides them.
 * With alpha, lightness is that on mid-grey. Rows are read in order.
 */
final class ActivityMask {
  private static final int RADIUS = 2;
  private static final int ROWS = 2 * RADIUS + 1;

  /** Squared steps per squared unit of lightness: (255 sqrt(3) / 65025)^2. */
  private static final double SQUARED_STEPS = 3.0 / (255 * 255);

  /** The variance from which masking is noticeable, in squared steps. */
  private static final double VISIBLE = 2;

  private final PixelSource pixels;
  private final ColorCoordinates space;

  /** The rows around the next one and their coordinates, as rings. */
  private final int[][] rows;

  private final short[][] ring;
  private final long[] sums;
  private final long[] squares;
  private int read;
  private int next;

  ActivityMask(PixelSource pixels, ColorCoordinates space) {
    int width = pixels.width();
    this.pixels = pixels;
    this.space = space;
    this.rows = new int[ROWS][width];
    this.ring = new short[ROWS][width * space.dims];
    this.sums = new long[width];
    this.squares = new long[width];
  }

  /** Goes back to the first row. */
  void restart() {
    read = 0;
    next = 0;
  }

  /**
   * The weights of the next row.
   *
   * @param weights receives one per pixel, above 0 and at most 1
   * @return the coordinates of the row's pixels, until the next call
   */
  short[] nextRow(float[] weights) {
    int y = next++;
    int first = Math.max(0, y - RADIUS);
    int last = Math.min(pixels.height() - 1, y + RADIUS);
    while (read <= last) {
      pixels.readRows(read, 1, rows[read % ROWS]);
      space.place(rows[read % ROWS], ring[read % ROWS]);
      read++;
    }
    int dims = space.dims;
    for (int x = 0; x < sums.length; x++) {
      long sum = 0;
      long square = 0;
      for (int row = first; row <= last; row++) {
        long lightness = ring[row % ROWS][x * dims];
        sum += lightness;
        square += lightness * lightness;
      }
      sums[x] = sum;
      squares[x] = square;
    }
    for (int x = 0; x < sums.length; x++) {
      int from = Math.max(0, x - RADIUS);
      int to = Math.min(sums.length - 1, x + RADIUS);
      long sum = 0;
      long square = 0;
      for (int i = from; i <= to; i++) {
        sum += sums[i];
        square += squares[i];
      }
      long n = (long) (to - from + 1) * (last - first + 1);
      double variance = (double) (n * square - sum * sum) / (n * n) * SQUARED_STEPS;
      double root = Math.sqrt(1 + variance / VISIBLE);
      weights[x] = (float) (1 / (root * Math.sqrt(Math.sqrt(root))));
    }
    return ring[y % ROWS];
  }

  /** The pixels of the row of the last call, until the next one. */
  int[] row() {
    return rows[(next - 1) % ROWS];
  }
}
