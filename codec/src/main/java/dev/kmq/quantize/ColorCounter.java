package dev.kmq.quantize;

import java.util.Arrays;

/** Counts colours in an open-addressing table that grows with the number of unique ones. */
final class ColorCounter {
  private int[] keys = new int[1 << 16];
  private int[] counts = new int[1 << 16];
  private int size;

  void add(int[] argb, int n) {
    int last = 0;
    int run = 0;
    for (int i = 0; i < n; i++) {
      int color = argb[i] >>> 24 == 0 ? 0 : argb[i];
      if (run > 0 && color == last) {
        run++;
        continue;
      }
      if (run > 0) {
        add(last, run);
      }
      last = color;
      run = 1;
    }
    if (run > 0) {
      add(last, run);
    }
  }

  private void add(int color, int times) {
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

  int size() {
    return size;
  }

  int count(int color) {
    return counts[find(color)];
  }

  long[] colors() {
    long[] colors = new long[size];
    int n = 0;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        colors[n++] = keys[i];
      }
    }
    return Arrays.copyOf(colors, n);
  }
}
