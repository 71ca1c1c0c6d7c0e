package dev.kmq.image;

/**
 * Bits that an index coder spends on each pixel, given the indices chosen before it. Pixels are
 * visited row by row, from left to right. An instance holds the state of one walk and is not for
 * use by several threads.
 */
public interface IndexCosts {
  /** Moves to the start of the next row. */
  void startRow();

  /** Approximate bits of the current pixel with this index. */
  float cost(int index);

  /** The index of a neighbour of the current pixel: 0 W, 1 N, 2 NE, 3 NW. */
  int neighbor(int which);

  /** Sets the index of the current pixel and moves to the next of the row. */
  void choose(int index);
}
