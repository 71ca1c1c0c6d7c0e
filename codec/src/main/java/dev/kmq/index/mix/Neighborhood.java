package dev.kmq.index.mix;

import java.util.Arrays;

/**
 * The pixels around the one that is coded next, as positions in the palette tree (specification,
 * section Mix, Neighbours). A {@code long} holds four positions of 16 bits, the leftmost lowest, so
 * that one operation compares four.
 */
final class Neighborhood {
  private static final int LEFT = 3;
  private static final int RIGHT = 4;
  private static final long ONES = 0x0001_0001_0001_0001L;
  private static final long TOPS = ONES << 15;

  /** Weights of the four in a long, the leftmost highest. */
  private static final long WEST_WEIGHTS = 0x0000_0001_0003_0006L;

  private static final long LEFT1_WEIGHTS = 0x0001_0002_0004_0006L;
  private static final long RIGHT1_WEIGHTS = 0x0004_0002_0001_0000L;
  private static final long LEFT2_WEIGHTS = 0x0000_0001_0002_0003L;
  private static final long FAR_WEIGHTS = 0x0002_0001_0001_0001L;

  /** Sum of the weights of all neighbours. */
  static final int WEIGHT = 41;

  private final int width;
  private char[] row0;
  private char[] row1;
  private char[] row2;
  private char[] row3;
  private int at;

  /** This row from x-4 to x-1. */
  private long west;

  /** One row above from x-3 to x. */
  private long left1;

  /** One row above from x+1 to x+4. */
  private long right1;

  /** Two rows above from x-3 to x. */
  private long left2;

  /** Two rows above from x+1 to x+4. */
  private long right2;

  /** Two rows above x+1 and x+2, three rows above x and x+1. */
  private long far;

  /** Bytes of the rows that are kept. */
  static long bytes(int width) {
    return 4L * Character.BYTES * width;
  }

  Neighborhood(int width) {
    this.width = width;
    row0 = new char[LEFT + width + RIGHT];
    row1 = new char[LEFT + width + RIGHT];
    row2 = new char[LEFT + width + RIGHT];
    row3 = new char[LEFT + width + RIGHT];
  }

  /** Moves to the first pixel of the next row. Its left margin repeats the pixel above it. */
  void startRow() {
    char[] free = row3;
    row3 = row2;
    row2 = row1;
    row1 = row0;
    row0 = free;
    at = LEFT;
    Arrays.fill(row0, 0, LEFT, row1[LEFT]);
    west = row1[LEFT] * ONES;
    left1 = four(row1, 0) << 16;
    right1 = four(row1, LEFT);
    left2 = four(row2, 0) << 16;
    right2 = four(row2, LEFT);
    look();
  }

  private static long four(char[] row, int at) {
    return row[at] | (long) row[at + 1] << 16 | (long) row[at + 2] << 32 | (long) row[at + 3] << 48;
  }

  private void look() {
    left1 = left1 >>> 16 | right1 << 48;
    right1 = right1 >>> 16 | (long) row1[at + 4] << 48;
    left2 = left2 >>> 16 | right2 << 48;
    right2 = right2 >>> 16 | (long) row2[at + 4] << 48;
    far = right2 & 0xFFFF_FFFFL | (long) row3[at] << 32 | (long) row3[at + 1] << 48;
  }

  /** Adds the position of the pixel and moves to the next one in the row. */
  void add(int position) {
    row0[at++] = (char) position;
    west = west >>> 16 | (long) position << 48;
    if (at < LEFT + width) {
      look();
    }
  }

  /** Ends the row. Its right margin repeats its last pixel. */
  void endRow() {
    int end = LEFT + width;
    Arrays.fill(row0, end, end + RIGHT, row0[end - 1]);
  }

  int w() {
    return (int) (west >>> 48);
  }

  int ww() {
    return (int) (west >>> 32) & 0xFFFF;
  }

  int nww() {
    return (int) left1 >>> 16;
  }

  int nw() {
    return (int) (left1 >>> 32) & 0xFFFF;
  }

  int n() {
    return (int) (left1 >>> 48);
  }

  int ne() {
    return (int) right1 & 0xFFFF;
  }

  int nee() {
    return (int) right1 >>> 16;
  }

  int nnw() {
    return (int) (left2 >>> 32) & 0xFFFF;
  }

  int nn() {
    return (int) (left2 >>> 48);
  }

  int nne() {
    return (int) far & 0xFFFF;
  }

  /** Whether the ten named neighbours are equal. */
  boolean isEven() {
    long w = (west >>> 48) * ONES;
    return ((west ^ w) >>> 32
            | (left1 ^ w) >>> 16
            | (right1 ^ w) << 32
            | (left2 ^ w) >>> 32
            | (far ^ w) << 48)
        == 0;
  }

  /** Which of the seven neighbours without a name are equal to W, one bit each. */
  int outer() {
    long w = (west >>> 48) * ONES;
    return same(west ^ w, 16)
        | same(left1 ^ w, 0) << 1
        | same(right1 ^ w, 32) << 2
        | same(left2 ^ w, 16) << 3
        | same(far ^ w, 16) << 4
        | same(far ^ w, 32) << 5
        | same(far ^ w, 48) << 6;
  }

  private static int same(long differences, int shift) {
    return (differences >>> shift & 0xFFFF) == 0 ? 1 : 0;
  }

  /** A hash of the ten neighbours with a name. */
  int hashOfNamed() {
    int near = Hash.of((int) (west >>> 32), (int) (left1 >>> 32));
    int wide = Hash.of((int) right1, (int) (left2 >>> 32));
    return Hash.of(Hash.of(near, wide), nww() << 16 | nne());
  }

  /**
   * A hash of all seventeen neighbours.
   *
   * @param named the hash of those with a name
   */
  int hashOfAll(int named) {
    int corners =
        Hash.of(
            (int) (west >>> 16) & 0xFFFF | (int) left1 << 16,
            (int) (right1 >>> 32) & 0xFFFF | (int) left2 & 0xFFFF_0000);
    int above = Hash.of((int) (far >>> 16), (int) (far >>> 48));
    return Hash.of(Hash.of(named, corners), above);
  }

  /** Sum of the weights of the neighbours below a position. */
  int weightBelow(int position) {
    long p = position * ONES;
    return below(west, p, WEST_WEIGHTS)
        + below(left1, p, LEFT1_WEIGHTS)
        + below(right1, p, RIGHT1_WEIGHTS)
        + below(left2, p, LEFT2_WEIGHTS)
        + below(far, p, FAR_WEIGHTS);
  }

  private static int below(long four, long p, long weights) {
    long difference = (four | TOPS) - (p & ~TOPS);
    long less = (~four & p | ~(four ^ p) & ~difference) >>> 15 & ONES;
    return (int) (less * weights >>> 48);
  }

  /** Sum of the weights of the neighbours at a position. */
  int weightOf(int position) {
    long p = position * ONES;
    return zero(west ^ p, WEST_WEIGHTS)
        + zero(left1 ^ p, LEFT1_WEIGHTS)
        + zero(right1 ^ p, RIGHT1_WEIGHTS)
        + zero(left2 ^ p, LEFT2_WEIGHTS)
        + zero(far ^ p, FAR_WEIGHTS);
  }

  private static int zero(long four, long weights) {
    long zero = ~((four & ~TOPS) + ~TOPS | four) >>> 15 & ONES;
    return (int) (zero * weights >>> 48);
  }
}
