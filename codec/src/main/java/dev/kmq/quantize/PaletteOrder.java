package dev.kmq.quantize;

import java.util.Arrays;

/**
 * The order in which a palette is written, so that neighbours in the list are neighbours in colour:
 * halves it again and again at the median of its widest channel, ties by value.
 */
final class PaletteOrder {
  private static final int[] SHIFTS = {16, 8, 0, 24};

  private PaletteOrder() {}

  /** Sorts the colours from {@code first} on. */
  static void sort(int[] argb, int first) {
    halve(argb, first, argb.length, new long[argb.length]);
  }

  private static void halve(int[] colors, int from, int to, long[] keys) {
    if (to - from < 2) {
      return;
    }
    int widest = 0;
    int spread = -1;
    for (int shift : SHIFTS) {
      int min = 255;
      int max = 0;
      for (int i = from; i < to; i++) {
        int value = colors[i] >>> shift & 0xFF;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      if (max - min > spread) {
        spread = max - min;
        widest = shift;
      }
    }
    for (int i = from; i < to; i++) {
      keys[i] = (long) (colors[i] >>> widest & 0xFF) << 32 | colors[i] & 0xFFFFFFFFL;
    }
    Arrays.sort(keys, from, to);
    for (int i = from; i < to; i++) {
      colors[i] = (int) keys[i];
    }
    int middle = (from + to) >>> 1;
    halve(colors, from, middle, keys);
    halve(colors, middle, to, keys);
  }
}
