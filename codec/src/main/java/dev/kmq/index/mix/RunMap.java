package dev.kmq.index.mix;

/**
 * Per hash of the ten named neighbours: the position that followed last, and its run length
 * (specification, rule M-22).
 */
final class RunMap {
  private static final int MAX_RUN = 30;

  private final int shift;

  /** By hash: the position and, in the low 8 bits, its run length. */
  private final int[] entries;

  private int entry;

  /** The predicted position, or -1. */
  int position = -1;

  /** How often it followed in a row: 1 to 30; 0 if there is no prediction. */
  int runLength;

  RunMap(TableLayout layout) {
    shift = 32 - layout.contextBits();
    entries = new int[1 << layout.contextBits()];
  }

  /** Looks up the prediction for a neighbourhood. */
  void lookUp(int hash) {
    entry = hash >>> shift;
    runLength = entries[entry] & 0xFF;
    position = runLength > 0 ? entries[entry] >>> 8 : -1;
  }

  /** Updates the entry with the position that followed. */
  void learn(int followed) {
    entries[entry] = followed << 8 | (followed == position ? Math.min(runLength + 1, MAX_RUN) : 1);
  }
}
