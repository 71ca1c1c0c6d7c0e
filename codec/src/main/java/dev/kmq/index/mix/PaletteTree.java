package dev.kmq.index.mix;

import dev.kmq.image.Palette;
import java.util.Arrays;

/**
 * The palette as a balanced binary tree, halved recursively at the median of its widest channel.
 * Leaves have positions 0 to K-1 from left to right; an inner node over the positions a to b-1 is
 * named after m = (a+b)/2, where its right half begins. Every node has a plane midway between the
 * means of its halves (specification, section Mix, Palette tree).
 */
final class PaletteTree {
  private static final int MAX_CLOSENESS = (1 << 19) - 1;

  /** Numbers stored per plane, and the places of its offset and steepness among them. */
  static final int PLANE = 8;

  static final int OFFSET = 4;
  static final int STEEPNESS = 5;

  private static final int[] SHIFTS = {16, 8, 0, 24};

  /** Palette index of the leaf at a position. */
  final int[] index;

  /** Position of the leaf of a palette index. */
  final int[] position;

  /** Colour of the leaf at a position, as {@link PackedColors}. */
  final long[] colors;

  /**
   * Closeness of a leaf: 2^20 divided by its distance from its sibling, in sixteenths and summed
   * over the channels; at most 2^19 - 1.
   */
  final int[] closeness;

  /**
   * By node, {@link #PLANE} numbers: the normal of its plane, of length 256, by channel; the
   * distance of the plane from black, in 1/1024; its steepness, 0 if the means agree, else 1.5 *
   * 2^16 over the distance of the means, at most 65535.
   */
  final int[] planes;

  PaletteTree(Palette palette) {
    int size = palette.size();
    index = new int[size];
    position = new int[size];
    colors = new long[size];
    closeness = new int[size];
    planes = new int[PLANE * size];
    Arrays.fill(closeness, MAX_CLOSENESS);
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      index[i] = i;
    }
    int[] argb = palette.toArgb();
    halve(argb, keys, 0, size);
    for (int i = 0; i < size; i++) {
      position[index[i]] = i;
    }
  }

  /**
   * Distance of a colour in quarters from that of a leaf, relative to the leaf's distance from its
   * sibling.
   */
  int relative(long quarters, int position) {
    return PackedColors.distance(quarters, colors[position] << 2) * closeness[position] >> 16;
  }

  /**
   * The position of the leaf that a colour in quarters leads to, on the way down by the side of
   * each plane it is on.
   */
  int leafOf(long quarters) {
    int red = PackedColors.get(quarters, 0);
    int green = PackedColors.get(quarters, 1);
    int blue = PackedColors.get(quarters, 2);
    int alpha = PackedColors.get(quarters, 3);
    int from = 0;
    int to = index.length;
    while (to - from > 1) {
      int middle = from + to >>> 1;
      int at = PLANE * middle;
      int dot =
          red * planes[at]
              + green * planes[at + 1]
              + blue * planes[at + 2]
              + alpha * planes[at + 3];
      if (dot < planes[at + OFFSET]) {
        to = middle;
      } else {
        from = middle;
      }
    }
    return from;
  }

  private void halve(int[] argb, long[] keys, int from, int to) {
    if (to - from < 2) {
      for (int c = 0; c < 4; c++) {
        colors[from] |= (argb[index[from]] >>> SHIFTS[c] & 0xFFL) << 16 * c;
      }
      return;
    }
    int shift = widest(argb, from, to);
    for (int i = from; i < to; i++) {
      keys[i] = (long) (argb[index[i]] >>> shift & 0xFF) << 32 | index[i];
    }
    Arrays.sort(keys, from, to);
    for (int i = from; i < to; i++) {
      index[i] = (int) keys[i];
    }
    int middle = (from + to) >>> 1;
    place(argb, from, middle, to);
    halve(argb, keys, from, middle);
    halve(argb, keys, middle, to);
  }

  private int widest(int[] argb, int from, int to) {
    int widest = 0;
    int spread = -1;
    for (int shift : SHIFTS) {
      int min = 255;
      int max = 0;
      for (int i = from; i < to; i++) {
        int value = argb[index[i]] >>> shift & 0xFF;
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

  private void place(int[] argb, int from, int middle, int to) {
    int[] left = mean(argb, from, middle);
    int[] right = mean(argb, middle, to);
    int square = 0;
    int sum = 0;
    for (int c = 0; c < 4; c++) {
      int v = right[c] - left[c];
      square += v * v;
      sum += Math.abs(v);
    }
    if (middle - from == 1) {
      closeness[from] = closeness(sum);
    }
    if (to - middle == 1) {
      closeness[middle] = closeness(sum);
    }
    if (square == 0) {
      return;
    }
    int length = root(256L * square);
    int dot = 0;
    for (int c = 0; c < 4; c++) {
      int normal = Math.floorDiv(4096 * (right[c] - left[c]) + (length >> 1), length);
      planes[PLANE * middle + c] = normal;
      dot += normal * (left[c] + right[c]);
    }
    planes[PLANE * middle + OFFSET] = dot >> 3;
    planes[PLANE * middle + STEEPNESS] = Math.min(65535, 1_572_864 / length);
  }

  private static int closeness(int distance) {
    return distance <= 2 ? MAX_CLOSENESS : (1 << 20) / distance;
  }

  /** Means of the four channels in sixteenths, rounded down. */
  private int[] mean(int[] argb, int from, int to) {
    int[] mean = new int[4];
    for (int c = 0; c < 4; c++) {
      int sum = 0;
      for (int i = from; i < to; i++) {
        sum += argb[index[i]] >>> SHIFTS[c] & 0xFF;
      }
      mean[c] = 16 * sum / (to - from);
    }
    return mean;
  }

  /** Integer square root of a number below 2^53. */
  private static int root(long square) {
    int root = (int) Math.sqrt((double) square);
    while ((long) root * root > square) {
      root--;
    }
    while ((root + 1L) * (root + 1L) <= square) {
      root++;
    }
    return root;
  }
}
