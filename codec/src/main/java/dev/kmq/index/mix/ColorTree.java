package dev.kmq.index.mix;

import dev.kmq.image.Palette;
import java.util.Arrays;

/**
 * The palette as a balanced binary tree: halved again and again at the median of its widest
 * channel. Leaves have positions 0 to K-1 from left to right; an inner node over the positions a to
 * b-1 is named after m = (a+b)/2, where its right half begins. Every node has a plane midway
 * between the means of its halves (specification, section Mix, Palette tree).
 */
final class ColorTree {
  private static final int[] SHIFTS = {16, 8, 0, 24};

  /** Palette index of the leaf at a position. */
  final int[] index;

  /** Position of the leaf of a palette index. */
  final int[] position;

  /** Channel values of the leaf at a position: red, green, blue, alpha. */
  final int[][] channel;

  /** Distance of a leaf from its sibling, in sixteenths, summed over channels, at least 1. */
  final int[] spacing;

  /** By node: normal of its plane, of length 256, by channel. */
  final int[][] normal;

  /** By node: distance of its plane from black, in 1/1024. */
  final int[] offset;

  /** By node: 1.5 * 2^20 over 16 times the distance of the means in sixteenths; 0 if they agree. */
  final int[] steepness;

  ColorTree(Palette palette) {
    int size = palette.size();
    index = new int[size];
    position = new int[size];
    channel = new int[4][size];
    spacing = new int[size];
    normal = new int[4][size];
    offset = new int[size];
    steepness = new int[size];
    Arrays.fill(spacing, 1);
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

  private void halve(int[] argb, long[] keys, int from, int to) {
    if (to - from < 2) {
      for (int c = 0; c < 4; c++) {
        channel[c][from] = argb[index[from]] >>> SHIFTS[c] & 0xFF;
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
      spacing[from] = Math.max(1, sum);
    }
    if (to - middle == 1) {
      spacing[middle] = Math.max(1, sum);
    }
    if (square == 0) {
      return;
    }
    int length = root(256L * square);
    int dot = 0;
    for (int c = 0; c < 4; c++) {
      normal[c][middle] = Math.floorDiv(4096 * (right[c] - left[c]) + (length >> 1), length);
      dot += normal[c][middle] * (left[c] + right[c]);
    }
    offset[middle] = dot >> 3;
    steepness[middle] = Math.min(65535, 1_572_864 / length);
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

  /** Square root rounded down, of less than 2^53. */
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
