package dev.kmq.image;

/**
 * Costs of indices in an index coder, in bits, given the indices chosen before. Pixels are visited
 * row by row, from left to right. An instance holds the state of one walk and is not for use by
 * several threads.
 */
public interface IndexCosts {
  /** Moves to the start of the next row. */
  void startRow();

  /** Approximate cost of this index for the current pixel, in bits. */
  float cost(int index);

  /** The index of a neighbour of the current pixel: 0 W, 1 N, 2 NE, 3 NW. */
  int neighbor(int which);

  /** Sets the index of the current pixel and moves to the next of the row. */
  void choose(int index);
}
