package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import java.util.Arrays;

/**
 * Refines the palette at 8 bits: assigns points to the rounded colours, rounds their means, and
 * repeats while the exact error falls. If rounded colours become equal, the freed slots go to the
 * colours with the largest error.
 */
final class PaletteRounding {
  private final WeightedPoints points;
  private final ColorHistogram histogram;
  private final ColorCoordinates space;

  /** The colours of the pinned centres, the first of the palette. */
  private final int[] kept;

  private final Lloyd lloyd;

  /** Slots of the palette's entries: those of the centres, then dead ones if there are too few. */
  private final int[] slots;

  private int[] argb = {};
  private double error = Double.MAX_VALUE;

  /**
   * Starts with the current centres, on one point per colour.
   *
   * @param k number of entries; the histogram and the kept colours have more different colours
   */
  PaletteRounding(
      Lloyd lloyd, ColorHistogram histogram, ColorCoordinates space, int[] kept, int k) {
    this.space = space;
    this.kept = kept;
    this.points = lloyd.points;
    this.histogram = histogram;
    this.lloyd = lloyd;
    this.slots = new int[k];
    int n = 0;
    for (int dead = 0; dead < 2; dead++) {
      for (int c = 0; c < lloyd.slots && n < k; c++) {
        if (lloyd.dead(c) == (dead == 1)) {
          slots[n++] = c;
        }
      }
    }
  }

  /** The squared error of the best palette so far. */
  double error() {
    return error;
  }

  /**
   * Refines for at most {@code most} rounds.
   *
   * @param progress reports each time
   */
  PaletteRounding polish(int most, Work progress) {
    for (int i = 0; i < most; i++) {
      progress.report((double) i / most);
      if (i > 0) {
        lloyd.move();
      }
      int[] next = distinct();
      moveTo(next);
      lloyd.assign();
      double now = lloyd.errorHere();
      if (now >= error) {
        break;
      }
      error = now;
      argb = next;
    }
    return this;
  }

  /** The best palette in its final order, with every colour's nearest entry. */
  ColorMap map() {
    moveTo(argb);
    lloyd.assign();
    int[] sorted = argb.clone();
    PaletteOrder.sort(sorted, kept.length);
    long[] bySlot = new long[argb.length];
    long[] byPlace = new long[argb.length];
    for (int c = 0; c < argb.length; c++) {
      bySlot[c] = (long) argb[c] << 32 | slots[c];
      byPlace[c] = (long) sorted[c] << 32 | c;
    }
    Arrays.sort(bySlot);
    Arrays.sort(byPlace);
    int[] order = new int[argb.length];
    for (int c = 0; c < argb.length; c++) {
      order[(int) byPlace[c]] = (int) bySlot[c];
    }
    return new ColorMap(space.palette(sorted), histogram, lloyd.ordered(order).labels);
  }

  /**
   * The mean squared error of a pixel that rounding adds, estimated, over that of the best palette
   * so far: a twelfth of a squared step in each of three channels. In Oklab this is an upper
   * estimate, since a grey level is a step of one coordinate instead of three.
   */
  double share() {
    double step = ColorCoordinates.UNITS * ColorCoordinates.UNITS / 4.0;
    return step * points.total() / error;
  }

  /** Gives a clustering the centres of the best palette so far, and no others. */
  void restore(Lloyd target) {
    moveTo(target, argb);
    target.keep(slots);
  }

  private void moveTo(int[] colors) {
    moveTo(lloyd, colors);
  }

  private void moveTo(Lloyd lloyd, int[] colors) {
    double[] target = lloyd.centers.clone();
    double[] places = space.place(colors);
    for (int c = 0; c < slots.length; c++) {
      System.arraycopy(places, c * points.dims, target, slots[c] * points.dims, points.dims);
    }
    lloyd.moveTo(target);
    boolean[] opaque = new boolean[lloyd.slots];
    for (int c = 0; c < slots.length; c++) {
      opaque[slots[c]] = colors[c] >>> 24 == 0xFF;
    }
    lloyd.classify(opaque);
  }

  /** The centres rounded, all different. */
  private int[] distinct() {
    int[] colors = new int[slots.length];
    for (int c = 0; c < colors.length; c++) {
      colors[c] = c < kept.length ? kept[c] : rounded(slots[c], colors[0]);
    }
    int[] sorted = colors.clone();
    Arrays.sort(sorted);
    int unique = 1;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] != sorted[i - 1]) {
        sorted[unique++] = sorted[i];
      }
    }
    return unique == colors.length ? colors : refilled(colors, Arrays.copyOf(sorted, unique));
  }

  private int rounded(int slot, int otherwise) {
    return lloyd.dead(slot) ? otherwise : space.color(lloyd.centers, slot * points.dims);
  }

  /** Gives repeated colours' slots to the histogram's colours of largest error. */
  private int[] refilled(int[] colors, int[] unique) {
    lloyd.assign();
    long[] worst = new long[points.size];
    for (int i = 0; i < points.size; i++) {
      double error = points.weight[i] * lloyd.square(i, lloyd.labels[i]);
      worst[i] = (long) Float.floatToIntBits((float) error) << 32 | (points.size - 1 - i);
    }
    Arrays.sort(worst);
    boolean[] taken = new boolean[unique.length];
    int next = points.size;
    int[] filled = colors.clone();
    for (int c = 0; c < colors.length; c++) {
      int at = Arrays.binarySearch(unique, colors[c]);
      if (!taken[at]) {
        taken[at] = true;
        continue;
      }
      int color;
      do {
        color = histogram.argb(points.size - 1 - (int) worst[--next]);
      } while (Arrays.binarySearch(unique, color) >= 0);
      filled[c] = color;
    }
    return filled;
  }
}
