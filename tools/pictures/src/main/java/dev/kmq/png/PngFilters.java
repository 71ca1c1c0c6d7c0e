package dev.kmq.png;

/** The filters of rows (PNG specification, section 9). */
public final class PngFilters {
  private PngFilters() {}

  /**
   * Puts the bytes of a row in place of the filtered ones.
   *
   * @param row without the number of its filter
   * @param above the row above it, or zeros
   * @param step bytes from a sample to the same one of the pixel to its left
   * @return whether there is such a filter
   */
  public static boolean reverse(int filter, byte[] row, byte[] above, int step) {
    int n = row.length;
    int first = Math.min(step, n);
    switch (filter) {
      case 0 -> {}
      case 1 -> {
        for (int i = step; i < n; i++) {
          row[i] += row[i - step];
        }
      }
      case 2 -> {
        for (int i = 0; i < n; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 0; i < first; i++) {
          row[i] += (byte) ((above[i] & 0xFF) >> 1);
        }
        for (int i = step; i < n; i++) {
          row[i] += (byte) ((row[i - step] & 0xFF) + (above[i] & 0xFF) >> 1);
        }
      }
      case 4 -> {
        for (int i = 0; i < first; i++) {
          row[i] += above[i];
        }
        for (int i = step; i < n; i++) {
          row[i] += (byte) paeth(row[i - step] & 0xFF, above[i] & 0xFF, above[i - step] & 0xFF);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The prediction of filter 4 from the bytes to the left, above, and above the left one. */
  static int paeth(int left, int up, int corner) {
    int guess = left + up - corner;
    int toLeft = Math.abs(guess - left);
    int toUp = Math.abs(guess - up);
    int toCorner = Math.abs(guess - corner);
    return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
  }
}
