package dev.kmq.index;

/**
 * What a coder spends on indices, asked pixel by pixel, from left to right and from the top row to
 * the bottom one.
 */
public interface IndexCosts {
  /** Goes to the beginning of the next row; those above are decided. */
  void startRow();

  /** About how many bits the pixel at hand takes if it has this index. */
  float bits(int index);

  /** The index of a neighbour of the pixel at hand: 0 W, 1 N, 2 NE, 3 NW. */
  int neighbor(int which);

  /** Decides on the pixel at hand, and goes on to the next of the row. */
  void choose(int index);
}
