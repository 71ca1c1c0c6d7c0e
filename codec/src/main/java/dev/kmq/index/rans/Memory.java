package dev.kmq.index.rans;

import java.util.Arrays;

/**
 * The history of a tile: its pixels so far, the distance from which each pixel of the last row was
 * copied, and the latest place with each neighbourhood (specification, section Memory). Encoder and
 * decoder both walk through a tile with it: {@link #look} for each pixel, then {@link #hit}, {@link
 * #settle} or {@link #copyBlock}.
 *
 * <p>Pixels are stored in cells: rows with their margins one after the other, below two rows of 0,
 * so that all neighbours are at fixed offsets.
 */
final class Memory {
  /** Contexts of this model; they follow those of {@link Contexts}. */
  static final int CONTEXTS = 432;

  /** Symbols of the contexts here. */
  static final int HIT = 0;

  /** The pixel, or one of the block, is not as predicted. */
  static final int MISS = 1;

  private static final int MOST_CELLS = 1 << 26;
  private static final int MARGINS = Contexts.LEFT + Contexts.RIGHT;
  private static final int ROWS_ABOVE = 2;
  private static final int BLOCK = 16;
  private static final int LEAST_BLOCK = 4;
  private static final int MOST_RUN = 7;
  private static final int RUNS = MOST_RUN + 1;
  private static final int FIRST_BLOCK_CONTEXT = Contexts.COUNT + 16 * 3 * RUNS;

  private static final int LEAST_TABLE_BITS = 6;
  private static final int MOST_TABLE_BITS = 16;
  private static final int MULTIPLIER = 0x2F0B4C47;
  private static final int NEIGHBORS = 9;

  /** Powers of the multiplier, the highest first, and their sum. */
  private static final int[] FACTORS = new int[NEIGHBORS];

  private static final int FACTOR_SUM;

  static {
    int power = 1;
    int sum = 0;
    for (int i = NEIGHBORS - 1; i >= 0; i--) {
      power *= MULTIPLIER;
      FACTORS[i] = power;
      sum += power;
    }
    FACTOR_SUM = sum;
  }

  private static final int LOOKED_UP = 0;
  private static final int FROM_W = 1;
  private static final int FROM_N = 2;
  private static final int FROM_BOTH = 3;

  private final int width;
  private final int stride;
  private final char[] cells;

  /** By cell, 0 for none. */
  private final int[] table;

  private final int tableShift;

  /** Distances of a row's pixels from x + 1 on. */
  private int[] distances;

  private int[] above;
  private int firstCell;
  private int cell;
  private int distance;
  private int source;
  private int entry;
  private int run;
  private int blockEnd;
  private int lastBlock = HIT;

  Memory(int width, int height) {
    this.width = width;
    stride = width + MARGINS;
    cells = new char[stride * (height + ROWS_ABOVE)];
    int bits = tableBits((long) width * height);
    table = new int[1 << bits];
    tableShift = 32 - bits;
    distances = new int[width + 2];
    above = new int[width + 2];
  }

  /** Whether a tile is small enough to be coded with memory. */
  static boolean fits(int width, int height) {
    return (width + (long) MARGINS) * (height + (long) ROWS_ABOVE) <= MOST_CELLS;
  }

  /** Approximate memory for a tile in bytes, as far as it grows with the tile. */
  static long bytes(int width, int height) {
    long cells = (width + (long) MARGINS) * (height + (long) ROWS_ABOVE);
    return Character.BYTES * cells
        + ((long) Integer.BYTES << tableBits((long) width * height))
        + 2L * Integer.BYTES * width;
  }

  static int tableBits(long pixels) {
    int bits = 63 - Long.numberOfLeadingZeros(pixels);
    return Math.max(LEAST_TABLE_BITS, Math.min(MOST_TABLE_BITS, bits));
  }

  char[] cells() {
    return cells;
  }

  /** The cell of the first pixel of a row. */
  int firstCell(int y) {
    return (y + ROWS_ABOVE) * stride + Contexts.LEFT;
  }

  /** From a pixel to the one below. */
  int stride() {
    return stride;
  }

  /** Moves to the beginning of a row and fills its left margin. */
  void startRow(int y) {
    int[] free = above;
    above = distances;
    distances = free;
    Arrays.fill(distances, 0);
    firstCell = firstCell(y);
    char first = cells[firstCell - stride];
    cells[firstCell - 2] = first;
    cells[firstCell - 1] = first;
    blockEnd = 0;
  }

  /** Fills the right margin of a row whose pixels are known. */
  void endRow() {
    char last = cells[firstCell + width - 1];
    cells[firstCell + width] = last;
    cells[firstCell + width + 1] = last;
  }

  /** Finds where a pixel may be copied from. */
  void look(int x) {
    cell = firstCell + x;
    int w = distances[x];
    int n = above[x + 1];
    distance = n != 0 && (w == 0 || w == above[x]) ? n : w;
    if (distance == 0) {
      source = LOOKED_UP;
      lookUp();
    } else {
      source = w == n ? FROM_BOTH : distance == w ? FROM_W : FROM_N;
    }
  }

  private void lookUp() {
    entry = entry();
    int found = table[entry];
    if (found != 0
        && cells[found - 1] == cells[cell - 1]
        && cells[found - stride - 1] == cells[cell - stride - 1]
        && cells[found - stride] == cells[cell - stride]
        && cells[found - stride + 1] == cells[cell - stride + 1]) {
      distance = cell - found;
    }
  }

  private int entry() {
    int n = cell - stride;
    int hash =
        FACTOR_SUM
            + cells[cell - 1] * FACTORS[0]
            + cells[cell - 2] * FACTORS[1]
            + cells[n] * FACTORS[2]
            + cells[n - 1] * FACTORS[3]
            + cells[n + 1] * FACTORS[4]
            + cells[n + 2] * FACTORS[5]
            + cells[n - 2] * FACTORS[6]
            + cells[n - stride] * FACTORS[7]
            + cells[n - stride + 1] * FACTORS[8];
    return hash >>> tableShift;
  }

  /** Whether there is a prediction for the pixel. */
  boolean expects() {
    return distance != 0;
  }

  /** The predicted position, if there is one. */
  int expected() {
    return cells[cell - distance];
  }

  /** How many pixels from here on may be copied at once; 0 for none. */
  int block(int x) {
    if (source != FROM_BOTH || x < blockEnd) {
      return 0;
    }
    int end = Math.min(x + BLOCK, width);
    int to = x + 1;
    while (to < end && above[to + 1] == distance) {
      to++;
    }
    return to - x >= LEAST_BLOCK ? to - x : 0;
  }

  /** The context of the flag whether all pixels of a block are as predicted. */
  int blockContext(int pixels) {
    return FIRST_BLOCK_CONTEXT + 2 * (RUNS * (length(pixels) - 3) + runClass()) + lastBlock;
  }

  /** Whether the pixels of a block, which are known, are as predicted. */
  boolean isBlockExpected(int pixels) {
    for (int i = cell; i < cell + pixels; i++) {
      if (cells[i] != cells[i - distance]) {
        return false;
      }
    }
    return true;
  }

  void copyBlock(int x, int pixels) {
    for (int i = cell; i < cell + pixels; i++) {
      cells[i] = cells[i - distance];
    }
    Arrays.fill(distances, x + 1, x + 1 + pixels, distance);
    run += pixels;
    lastBlock = HIT;
  }

  /** Ends a block whose pixels are coded one by one. */
  void refuseBlock(int x, int pixels) {
    blockEnd = x + pixels;
    lastBlock = MISS;
  }

  /** The context of the flag whether a pixel is as predicted. */
  int context(int x) {
    int expected = cells[cell - distance];
    int equal = expected == cells[cell - 1] ? 1 : 0;
    equal += expected == cells[cell - stride] ? 2 : 0;
    int ne = above[x + 2];
    int agreement = ne == distance ? 2 : ne == 0 ? 1 : 0;
    return Contexts.COUNT + 3 * (RUNS * (4 * source + equal) + runClass()) + agreement;
  }

  private int runClass() {
    return Math.min(MOST_RUN, length(run));
  }

  private static int length(int value) {
    return 32 - Integer.numberOfLeadingZeros(value);
  }

  /** Adds a pixel that is as predicted. */
  void hit(int x) {
    cells[cell] = cells[cell - distance];
    distances[x + 1] = distance;
    run++;
    if (source == LOOKED_UP) {
      table[entry] = cell;
    }
  }

  /** Adds a pixel that was not predicted. */
  void settle(int x, int position) {
    cells[cell] = (char) position;
    run = 0;
    if (distance != 0) {
      blockEnd = 0;
    }
    if (source != LOOKED_UP) {
      int n = above[x + 1];
      int other = distance == n ? distances[x] : n;
      if (other != 0 && cells[cell - other] == position) {
        distances[x + 1] = other;
      }
      entry = entry();
    }
    table[entry] = cell;
  }
}
