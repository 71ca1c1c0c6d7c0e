package dev.kmq.index.rans;

import dev.kmq.image.Palette;
import java.util.Arrays;

/**
 * The colours of a palette ranked by their distance from each other (specification, section
 * Positions and ranks).
 *
 * <p>The coder works on positions. Up to {@link #MOST_GROUPS} colours a position is an index.
 * Above, the palette is halved recursively into groups of 2^shift similar colours; positions number
 * the colours group by group, and the distance is that of the groups' mean colours.
 */
final class ColorRanks {
  /** The tables hold the square of this. */
  static final int MOST_GROUPS = 512;

  private static final int[] CHANNELS = {16, 8, 0, 24};

  private final int colors;
  private final int shift;
  private final int groups;
  private final int[] indexOf;
  private final int[] positionOf;
  private final char[] table;
  private final char[] order;

  ColorRanks(Palette palette) {
    int[] argb = palette.toArgb();
    colors = argb.length;
    shift = shift(colors);
    groups = groups(colors);
    indexOf = new int[colors];
    for (int i = 0; i < colors; i++) {
      indexOf[i] = i;
    }
    if (shift > 0) {
      halve(argb, 0, colors);
    }
    positionOf = new int[colors];
    for (int p = 0; p < colors; p++) {
      positionOf[indexOf[p]] = p;
    }
    table = new char[groups * groups];
    order = new char[groups * groups];
    rank(means(argb));
  }

  private static int shift(int colors) {
    int shift = 0;
    while ((colors + (1 << shift) - 1) >>> shift > MOST_GROUPS) {
      shift++;
    }
    return shift;
  }

  private static int groups(int colors) {
    int shift = shift(colors);
    return (colors + (1 << shift) - 1) >>> shift;
  }

  /** Ranks of K colours are below this: the groups, were they all full. */
  static int ranks(int colors) {
    return groups(colors) << shift(colors);
  }

  /** Sorts positions from-to by the widest channel, ties by index, and then each half of them. */
  private void halve(int[] argb, int from, int to) {
    int n = to - from;
    if (n < 2) {
      return;
    }
    int channel = widest(argb, from, to);
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      int index = indexOf[from + i];
      keys[i] = (long) (argb[index] >>> channel & 0xFF) << 32 | index;
    }
    Arrays.sort(keys);
    for (int i = 0; i < n; i++) {
      indexOf[from + i] = (int) keys[i];
    }
    int size = 1 << shift;
    int middle = n > size ? from + ((n + size - 1) / size + 1) / 2 * size : from + (n + 1) / 2;
    halve(argb, from, middle);
    halve(argb, middle, to);
  }

  private int widest(int[] argb, int from, int to) {
    int widest = 0;
    int spread = -1;
    for (int channel : CHANNELS) {
      int min = 255;
      int max = 0;
      for (int p = from; p < to; p++) {
        int value = argb[indexOf[p]] >>> channel & 0xFF;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      if (max - min > spread) {
        spread = max - min;
        widest = channel;
      }
    }
    return widest;
  }

  private int[] means(int[] argb) {
    int[] means = new int[groups];
    for (int group = 0; group < groups; group++) {
      int from = group << shift;
      int to = Math.min(from + (1 << shift), colors);
      for (int channel : CHANNELS) {
        int sum = 0;
        for (int p = from; p < to; p++) {
          sum += argb[indexOf[p]] >>> channel & 0xFF;
        }
        means[group] |= sum / (to - from) << channel;
      }
    }
    return means;
  }

  /**
   * Assigns ranks pair by pair, the nearest first: each of the two gets the other as its next rank.
   */
  private void rank(int[] means) {
    int[] next = new int[groups];
    for (int group = 0; group < groups; group++) {
      order[group * groups] = (char) group;
      next[group] = 1;
    }
    for (int pair : PairsByDistance.of(means)) {
      deal(PairsByDistance.lesser(pair), PairsByDistance.greater(pair), next);
    }
  }

  private void deal(int a, int b, int[] next) {
    put(a, next[a]++, b);
    put(b, next[b]++, a);
  }

  private void put(int from, int rank, int to) {
    order[from * groups + rank] = (char) to;
    table[from * groups + to] = (char) rank;
  }

  int colors() {
    return colors;
  }

  /** A position shifted right by this is its group. */
  int shift() {
    return shift;
  }

  int groups() {
    return groups;
  }

  /** The rank of group b from group a, at {@code a * groups() + b}; 0 if they are the same. */
  char[] table() {
    return table;
  }

  /** The group that has a rank, the inverse of {@link #table}. */
  char[] order() {
    return order;
  }

  /** The index at each position. */
  int[] indexOf() {
    return indexOf;
  }

  /** The position of each index. */
  int[] positionOf() {
    return positionOf;
  }

  /** The rank of position {@code p} from position {@code from}; 0 exactly if they are the same. */
  int rank(int from, int p) {
    int group = table[(from >>> shift) * groups + (p >>> shift)];
    return group << shift | (from ^ p) & (1 << shift) - 1;
  }

  /** The position that has a rank below {@link #ranks}; may be one that no colour has. */
  int position(int from, int rank) {
    int group = order[(from >>> shift) * groups + (rank >>> shift)];
    return group << shift | (from ^ rank) & (1 << shift) - 1;
  }

  /**
   * The rank of {@code p} among the positions that differ from all neighbours.
   *
   * @param from W or N
   */
  int rankOfOther(int from, int p, int w, int n, int ne, int nw) {
    int rank = rank(from, p);
    int a = rank(from, w ^ n ^ from);
    int b = rank(from, ne);
    int c = rank(from, nw);
    return rank
        - 1
        - (differ(a, 0) & less(a, rank))
        - (differ(b, 0) & differ(b, a) & less(b, rank))
        - (differ(c, 0) & differ(c, a) & differ(c, b) & less(c, rank));
  }

  /** The inverse of {@link #rankOfOther} as a rank among all positions. */
  int skipNeighbors(int from, int rank, int w, int n, int ne, int nw) {
    int a = rank(from, w ^ n ^ from);
    int b = rank(from, ne);
    int c = rank(from, nw);
    int low = Math.min(a, b);
    int high = Math.max(a, b);
    int least = Math.min(low, c);
    int middle = Math.max(low, Math.min(high, c));
    int most = Math.max(high, c);
    int all = rank + 1;
    all += differ(least, 0) & 1 - less(all, least);
    all += differ(middle, least) & 1 - less(all, middle);
    all += differ(most, middle) & 1 - less(all, most);
    return all;
  }

  /** 1 or 0, without an unpredictable branch; neither number is negative. */
  private static int differ(int a, int b) {
    return -(a ^ b) >>> 31;
  }

  private static int less(int a, int b) {
    return a - b >>> 31;
  }
}
