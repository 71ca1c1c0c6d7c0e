package dev.kmq.image;

/**
 * Costs of indices in an index coder, in bits, given the indices chosen before. Pixels are visited
 * row by row, from left to right. An instance holds the state of one walk and is not for use by
 * several threads.
 */
public interface IndexCosts {
  /** Moves to the start of the next row. */
  void startRow();

  /**
   * {@return approximate cost of this index for the current pixel, in bits}
   *
   * @param index below K
   */
  float cost(int index);

  /**
   * {@return the index of a neighbour of the current pixel: 0 W, 1 N, 2 NE, 3 NW}
   *
   * @param which 0 to 3
   */
  int neighbor(int which);

  /**
   * Sets the index of the current pixel and moves to the next of the row.
   *
   * @param index below K
   */
  void choose(int index);
}
