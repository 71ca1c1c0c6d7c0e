package dev.kmq.quantize;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The order in which a palette is written, so that neighbours in the list are neighbours in colour:
 * halves it again and again at the median of its widest channel, ties by value.
 */
final class PaletteOrder {
  private static final int[] SHIFTS = {16, 8, 0, 24};

  private PaletteOrder() {}

  static void sort(int[] argb) {
    Integer[] boxed = Arrays.stream(argb).boxed().toArray(Integer[]::new);
    halve(boxed, 0, boxed.length);
    for (int i = 0; i < argb.length; i++) {
      argb[i] = boxed[i];
    }
  }

  private static void halve(Integer[] colors, int from, int to) {
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
    int shift = widest;
    Comparator<Integer> byChannel = Comparator.comparingInt(c -> c >>> shift & 0xFF);
    Arrays.sort(colors, from, to, byChannel.thenComparing(Integer::compareUnsigned));
    int middle = (from + to) >>> 1;
    halve(colors, from, middle);
    halve(colors, middle, to);
  }
}
