package dev.kmq.web.png;

/** Turns pixels upright by the Exif tag Orientation. */
final class Turn {
  private final int fromWidth;
  private final int fromHeight;
  private final boolean exchanged;
  private final boolean rowsReversed;
  private final boolean columnsReversed;

  /**
   * A turn of an image.
   *
   * @param orientation 1 to 8
   */
  Turn(int width, int height, int orientation) {
    this.fromWidth = width;
    this.fromHeight = height;
    this.exchanged = orientation >= 5;
    this.rowsReversed =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    this.columnsReversed =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  }

  /** Width after the turn. */
  int width() {
    return exchanged ? fromHeight : fromWidth;
  }

  /** Height after the turn. */
  int height() {
    return exchanged ? fromWidth : fromHeight;
  }

  private boolean isNone() {
    return !exchanged && !rowsReversed && !columnsReversed;
  }

  int[] pixels(int[] from) {
    if (isNone()) {
      return from;
    }
    int[] to = new int[from.length];
    for (int y = 0; y < fromHeight; y++) {
      for (int x = 0; x < fromWidth; x++) {
        to[at(x, y)] = from[y * fromWidth + x];
      }
    }
    return to;
  }

  byte[] indices(byte[] from) {
    if (isNone()) {
      return from;
    }
    byte[] to = new byte[from.length];
    for (int y = 0; y < fromHeight; y++) {
      for (int x = 0; x < fromWidth; x++) {
        to[at(x, y)] = from[y * fromWidth + x];
      }
    }
    return to;
  }

  /** Where a pixel is after the turn. */
  private int at(int x, int y) {
    int column = columnsReversed ? fromWidth - 1 - x : x;
    int row = rowsReversed ? fromHeight - 1 - y : y;
    return exchanged ? column * fromHeight + row : row * fromWidth + column;
  }
}
