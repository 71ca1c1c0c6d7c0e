package dev.kmq.quantize;

import java.util.Arrays;

/** A map from colours to positive numbers: an open-addressing table that grows. */
final class ColorTable {
  private int[] keys = new int[1 << 8];
  private int[] counts = new int[1 << 8];
  private int size;

  /** Adds to the number of a colour. */
  void add(int color, int times) {
    int at = find(color);
    if (counts[at] == 0) {
      keys[at] = color;
      size++;
    }
    counts[at] += times;
    if (size > keys.length / 4 * 3) {
      grow();
    }
  }

  private int find(int color) {
    int mask = keys.length - 1;
    int at = (color * 0x9E3779B1) >>> (32 - Integer.numberOfTrailingZeros(keys.length));
    while (counts[at] != 0 && keys[at] != color) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new int[2 * oldKeys.length];
    counts = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
      }
    }
  }

  /**
   * The same numbers for colours without the lowest {@code bits} of each channel; colours that
   * become equal are added up.
   */
  ColorTable coarser(int bits) {
    int mask = (0xFF >>> bits << bits) * 0x01010101;
    ColorTable table = new ColorTable();
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        table.add(keys[i] & mask, counts[i]);
      }
    }
    return table;
  }

  /** Adds all numbers of another table. */
  void addAll(ColorTable other) {
    for (int i = 0; i < other.keys.length; i++) {
      if (other.counts[i] != 0) {
        add(other.keys[i], other.counts[i]);
      }
    }
  }

  /** Number of colours in the table. */
  int size() {
    return size;
  }

  /** The number of a colour, 0 if there is none. */
  int count(int color) {
    return counts[find(color)];
  }

  /** Writes colours and counts from {@code at} on, along a Morton curve of R, G, B and A. */
  void emit(int[] argb, int[] count, int at) {
    long[] order = new long[size];
    int n = 0;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        // Codes of 32 bits less half their range, so that sorting with sign keeps their order.
        order[n++] = (morton(keys[i]) - (1L << 31)) << 32 | (keys[i] & 0xFFFFFFFFL);
      }
    }
    Arrays.sort(order);
    for (int i = 0; i < n; i++) {
      argb[at + i] = (int) order[i];
      count[at + i] = counts[find((int) order[i])];
    }
  }

  /** Interleaves the bits of the four channels, alpha first. */
  static long morton(int color) {
    return spread(color >>> 24) << 3
        | spread(color >>> 16 & 0xFF) << 2
        | spread(color >>> 8 & 0xFF) << 1
        | spread(color & 0xFF);
  }

  private static long spread(int value) {
    long v = value;
    v = (v | v << 12) & 0x000F000FL;
    v = (v | v << 6) & 0x03030303L;
    return (v | v << 3) & 0x11111111L;
  }
}
