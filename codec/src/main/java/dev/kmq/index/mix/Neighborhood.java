package dev.kmq.index.mix;

import java.util.Arrays;

/** The pixels around the one that is coded next: positions in the palette tree. */
final class Neighborhood {
  /** How many neighbours are looked at. */
  static final int SIZE = 18;

  /** Pixels beyond the edges of a row that have a position. */
  private static final int MARGIN = 3;

  private final int width;
  private int[] row0;
  private int[] row1;
  private int[] row2;
  private int[] row3;
  private int x;

  /**
   * By order of the specification: W, N, NE, NW, WW, NN, NEE, NNE, NWW, NNW, WWW, NNN, and those at
   * (2, -2), (-2, -2), (3, -1), (-3, -1), (1, -3), (-1, -3).
   */
  final int[] near = new int[SIZE];

  Neighborhood(int width) {
    this.width = width;
    row0 = new int[width + 2 * MARGIN];
    row1 = new int[width + 2 * MARGIN];
    row2 = new int[width + 2 * MARGIN];
    row3 = new int[width + 2 * MARGIN];
  }

  /** Goes to the start of the next row. */
  void startRow() {
    int[] free = row3;
    row3 = row2;
    row2 = row1;
    row1 = row0;
    row0 = free;
    Arrays.fill(row0, 0, MARGIN, row1[MARGIN]);
    x = MARGIN;
  }

  /** Fills {@link #near} for the next pixel of the row. */
  void look() {
    int[] to = near;
    int[] r0 = row0;
    int[] r1 = row1;
    int[] r2 = row2;
    int[] r3 = row3;
    int at = x;
    to[0] = r0[at - 1];
    to[1] = r1[at];
    to[2] = r1[at + 1];
    to[3] = r1[at - 1];
    to[4] = r0[at - 2];
    to[5] = r2[at];
    to[6] = r1[at + 2];
    to[7] = r2[at + 1];
    to[8] = r1[at - 2];
    to[9] = r2[at - 1];
    to[10] = r0[at - 3];
    to[11] = r3[at];
    to[12] = r2[at + 2];
    to[13] = r2[at - 2];
    to[14] = r1[at + 3];
    to[15] = r1[at - 3];
    to[16] = r3[at + 1];
    to[17] = r3[at - 1];
  }

  /** Takes in the position of the pixel. */
  void add(int position) {
    row0[x++] = position;
  }

  /** Gives the pixels beyond the end of the row the position of its last. */
  void endRow() {
    Arrays.fill(row0, width + MARGIN, width + 2 * MARGIN, row0[width + MARGIN - 1]);
  }
}
