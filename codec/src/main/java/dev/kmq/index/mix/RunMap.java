package dev.kmq.index.mix;

/**
 * What followed when ten neighbours were last as they are now, and how often in a row it did
 * (specification, rule M-22).
 */
final class RunMap {
  private static final int MAX_RUN = 30;

  private final int shift;

  /** By hash: position and, in the lower 8 bits, how often it followed. */
  private final int[] entries;

  private int entry;

  /** The position that is expected, or -1. */
  int position = -1;

  /** How often it followed: 1 to 30; 0 if none is expected. */
  int runLength;

  RunMap(TableLayout layout) {
    shift = 32 - layout.contextBits();
    entries = new int[1 << layout.contextBits()];
  }

  /** Looks up what is expected in a neighbourhood. */
  void lookUp(int hash) {
    entry = hash >>> shift;
    runLength = entries[entry] & 0xFF;
    position = runLength > 0 ? entries[entry] >>> 8 : -1;
  }

  /** Takes in what followed. */
  void learn(int followed) {
    entries[entry] = followed << 8 | (followed == position ? Math.min(runLength + 1, MAX_RUN) : 1);
  }
}
