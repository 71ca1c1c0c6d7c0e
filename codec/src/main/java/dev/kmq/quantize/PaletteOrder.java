package dev.kmq.quantize;

import java.util.Arrays;

/**
 * The order in which a palette is written: a chain from each colour to the nearest remaining one,
 * so that adjacent entries are similar and the coded palette is short. Palettes of more than {@link
 * #CHAIN} colours are halved at the median of their widest channel until the parts are small
 * enough; the chain of each part continues from the end of the previous one.
 */
public final class PaletteOrder {
  /** Maximum number of colours of a chain; building one takes quadratic time. */
  private static final int CHAIN = 1024;

  private static final int[] SHIFTS = {16, 8, 0, 24};

  private PaletteOrder() {}

  /**
   * Sorts the colours from {@code first} on; the chain starts from the colour before, if there is
   * one.
   */
  public static void sort(int[] argb, int first) {
    halve(argb, first, argb.length, new long[argb.length]);
  }

  private static void halve(int[] colors, int from, int to, long[] keys) {
    if (to - from <= CHAIN) {
      chain(colors, from, to);
      return;
    }
    int widest = widest(colors, from, to);
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

  /** The shift of the channel with the largest spread, the first of them if several have it. */
  private static int widest(int[] colors, int from, int to) {
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
    return widest;
  }

  /** Each colour is followed by the nearest remaining one; ties go to the smallest value. */
  private static void chain(int[] colors, int from, int to) {
    int last = from == 0 ? 0xFF000000 : colors[from - 1];
    for (int i = from; i < to; i++) {
      int nearest = i;
      int least = Integer.MAX_VALUE;
      for (int j = i; j < to; j++) {
        int distance = distance(last, colors[j]);
        if (distance < least
            || distance == least && Integer.compareUnsigned(colors[j], colors[nearest]) < 0) {
          least = distance;
          nearest = j;
        }
      }
      last = colors[nearest];
      colors[nearest] = colors[i];
      colors[i] = last;
    }
  }

  /** Squared distance in four channels. */
  private static int distance(int a, int b) {
    int sum = 0;
    for (int shift : SHIFTS) {
      int difference = (a >>> shift & 0xFF) - (b >>> shift & 0xFF);
      sum += difference * difference;
    }
    return sum;
  }
}
