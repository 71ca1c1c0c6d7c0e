package dev.kmq.quantize;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Exact search for the nearest of a palette's entries by a grid: each cell lists the entries that
 * are nearest to any of its points, the first of equally near ones. Lists are made on first use,
 * from those of cells four times as wide. For many searches near the entries; points far outside
 * are compared with all of them. Thread-safe.
 */
final class EntryGrid {
  /** Coordinates per entry; those that a space lacks are 0. */
  static final int STRIDE = 4;

  private static final int COARSE_BITS = 2;

  /** From more entries than this on, finer cells are worth their memory: lists are shorter. */
  private static final int MANY = 64;

  private static final int FEW = 16;

  /** Part of the palette's extent that the grid adds at each end. */
  private static final float MARGIN = 0.25f;

  private final float[] places;
  private final int[] all;
  private final float[] low = new float[STRIDE];

  /** Numbers of cells along each axis; 1 where all entries are equal, which no search looks at. */
  private final int[] cells = {1, 1, 1, 1};

  private final boolean[] flat = new boolean[STRIDE];
  private final float side;
  private final float perUnit;
  private final AtomicReferenceArray<int[]> fine;
  private final AtomicReferenceArray<int[]> coarse;

  /**
   * A grid of some entries.
   *
   * @param places coordinates of all entries, {@link #STRIDE} each
   * @param chosen the entries to search, ascending, at least one
   */
  EntryGrid(float[] places, int[] chosen) {
    this.places = places;
    this.all = chosen;
    float[] extent = new float[STRIDE];
    float widest = 0;
    int axes = 0;
    for (int d = 0; d < STRIDE; d++) {
      float min = Float.MAX_VALUE;
      float max = -Float.MAX_VALUE;
      for (int e : chosen) {
        min = Math.min(min, places[e * STRIDE + d]);
        max = Math.max(max, places[e * STRIDE + d]);
      }
      low[d] = min;
      extent[d] = max - min;
      flat[d] = max == min;
      axes += flat[d] ? 0 : 1;
      widest = Math.max(widest, extent[d]);
    }
    float margin = MARGIN * widest;
    int most = axes == 4 ? 16 : chosen.length > MANY ? 96 : chosen.length > FEW ? 64 : 32;
    this.side = widest == 0 ? 1 : (widest + 2 * margin) / most;
    this.perUnit = 1 / side;
    int number = 1;
    int wide = 1;
    for (int d = 0; d < STRIDE; d++) {
      if (!flat[d]) {
        low[d] -= margin;
        cells[d] = Math.min(most, (int) ((extent[d] + 2 * margin) * perUnit) + 1);
      }
      number *= cells[d];
      wide *= coarseCells(d);
    }
    this.fine = new AtomicReferenceArray<>(number);
    this.coarse = new AtomicReferenceArray<>(wide);
  }

  private int coarseCells(int d) {
    return (cells[d] - 1 >> COARSE_BITS) + 1;
  }

  /** The nearest entry to a point. */
  int nearest(float x, float y, float z, float w) {
    int i = cell(x, 0);
    int j = cell(y, 1);
    int k = cell(z, 2);
    int l = cell(w, 3);
    if ((i | j | k | l) < 0) {
      return nearest(all, x, y, z, w);
    }
    int at = ((i * cells[1] + j) * cells[2] + k) * cells[3] + l;
    int[] list = fine.get(at);
    if (list == null) {
      list = listed(i, j, k, l);
      fine.set(at, list);
    }
    return nearest(list, x, y, z, w);
  }

  /** The cell along an axis, or -1 outside the grid. */
  private int cell(float x, int d) {
    float from = x - low[d];
    int cell = (int) (from * perUnit);
    return flat[d] ? 0 : from < 0 || cell >= cells[d] ? -1 : cell;
  }

  private int nearest(int[] list, float x, float y, float z, float w) {
    int best = list[0];
    if (list.length == 1) {
      return best;
    }
    float least = Float.MAX_VALUE;
    for (int e : list) {
      float square = square(e, x, y, z, w);
      if (square < least) {
        least = square;
        best = e;
      }
    }
    return best;
  }

  /** As {@link EntrySearch#nearestAtHome}. */
  int nearestAtHome(int own, long[] sets, long home, float x, float y, float z, float w) {
    int best = own;
    float least = square(own, x, y, z, w);
    for (int e : all) {
      if ((sets[e] & home) != 0) {
        float square = square(e, x, y, z, w);
        if (square < least) {
          least = square;
          best = e;
        }
      }
    }
    return best;
  }

  /** The squared distance of an entry from a point. */
  float square(int e, float x, float y, float z, float w) {
    float a = places[e * STRIDE] - x;
    float b = places[e * STRIDE + 1] - y;
    float c = places[e * STRIDE + 2] - z;
    float d = places[e * STRIDE + 3] - w;
    return a * a + b * b + c * c + d * d;
  }

  private int[] listed(int... cell) {
    int at = 0;
    int[] wide = new int[STRIDE];
    for (int d = 0; d < STRIDE; d++) {
      wide[d] = cell[d] >> COARSE_BITS;
      at = at * coarseCells(d) + wide[d];
    }
    int[] list = coarse.get(at);
    if (list == null) {
      list = within(all, wide, side * (1 << COARSE_BITS));
      coarse.set(at, list);
    }
    return within(list, cell, side);
  }

  /** Those of some entries that are nearest to any point of a cell. */
  private int[] within(int[] candidates, int[] cell, float side) {
    float limit = Float.MAX_VALUE;
    float[] nearest = new float[candidates.length];
    for (int i = 0; i < candidates.length; i++) {
      float least = 0;
      float most = 0;
      for (int d = 0; d < STRIDE; d++) {
        if (flat[d]) {
          continue;
        }
        float from = low[d] + cell[d] * side;
        float x = places[candidates[i] * STRIDE + d];
        float before = from - x;
        float after = x - from - side;
        float out = Math.max(0, Math.max(before, after));
        float far = Math.max(Math.abs(before), Math.abs(after));
        least += out * out;
        most += far * far;
      }
      nearest[i] = least;
      limit = Math.min(limit, most);
    }
    int[] list = new int[candidates.length];
    int n = 0;
    for (int i = 0; i < candidates.length; i++) {
      if (nearest[i] <= limit * 1.001f) { // more than the rounding errors
        list[n++] = candidates[i];
      }
    }
    return Arrays.copyOf(list, n);
  }
}
