package dev.kmq.index.mix;

/**
 * What followed when ten neighbours were last as they are now, and how often in a row it did
 * (specification, rule M-22).
 */
final class Expectations {
  private static final int MOST = 30;

  private final int shift;

  /** By hash: position and, in the lower 8 bits, how often it followed. */
  private final int[] entries;

  private int entry;

  /** The position that is expected, or -1. */
  int position = -1;

  /** How often it followed: 1 to 30; 0 if none is expected. */
  int times;

  Expectations(Layout layout) {
    shift = 32 - layout.contextBits();
    entries = new int[1 << layout.contextBits()];
  }

  /** Looks up what is expected in a neighbourhood. */
  void look(int hash) {
    entry = hash >>> shift;
    times = entries[entry] & 0xFF;
    position = times > 0 ? entries[entry] >>> 8 : -1;
  }

  /** Takes in what followed. */
  void learn(int followed) {
    entries[entry] = followed << 8 | (followed == position ? Math.min(times + 1, MOST) : 1);
  }
}
