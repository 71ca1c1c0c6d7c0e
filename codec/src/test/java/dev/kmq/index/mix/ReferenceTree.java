package dev.kmq.index.mix;

import dev.kmq.image.Palette;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The palette tree of rules M-1 to M-3 of the specification. */
final class ReferenceTree {
  /** By position: the index of the entry, its red, green, blue and alpha, its closeness. */
  final int[] index;

  final int[][] color;
  final int[] closeness;

  /** By node. */
  private final int[][] normal;

  private final int[] offset;
  private final int[] steepness;

  ReferenceTree(Palette palette) {
    int k = palette.size();
    index = new int[k];
    color = new int[k][];
    closeness = new int[k];
    normal = new int[k][4];
    offset = new int[k];
    steepness = new int[k];
    int[][] entries = new int[k][];
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      int argb = palette.argb(i);
      entries[i] = new int[] {argb >> 16 & 255, argb >> 8 & 255, argb & 255, argb >>> 24};
      all.add(i);
    }
    halve(entries, all, 0);
    for (int position = 0; position < k; position++) {
      color[position] = entries[index[position]];
    }
  }

  int size() {
    return index.length;
  }

  private void halve(int[][] entries, List<Integer> list, int from) {
    int to = from + list.size();
    if (list.size() == 1) {
      index[from] = list.get(0);
      return;
    }
    int widest = 0;
    for (int channel = 1; channel < 4; channel++) {
      if (spread(entries, list, channel) > spread(entries, list, widest)) {
        widest = channel;
      }
    }
    int by = widest;
    List<Integer> sorted = new ArrayList<>(list);
    sorted.sort(Comparator.<Integer>comparingInt(i -> entries[i][by]).thenComparing(i -> i));
    int node = (from + to) / 2;
    List<Integer> left = sorted.subList(0, node - from);
    List<Integer> right = sorted.subList(node - from, to - from);
    describe(entries, left, right, node);
    halve(entries, left, from);
    halve(entries, right, node);
  }

  private static int spread(int[][] entries, List<Integer> list, int channel) {
    int least = list.stream().mapToInt(i -> entries[i][channel]).min().getAsInt();
    int most = list.stream().mapToInt(i -> entries[i][channel]).max().getAsInt();
    return most - least;
  }

  private void describe(int[][] entries, List<Integer> left, List<Integer> right, int node) {
    int sum = 0;
    long squares = 0;
    for (int channel = 0; channel < 4; channel++) {
      int difference = mean(entries, right, channel) - mean(entries, left, channel);
      sum += Math.abs(difference);
      squares += (long) difference * difference;
    }
    int close = sum <= 2 ? (1 << 19) - 1 : (1 << 20) / sum;
    if (left.size() == 1) {
      closeness[node - 1] = close;
    }
    if (right.size() == 1) {
      closeness[node] = close;
    }
    int length = (int) Math.sqrt(256.0 * squares);
    if (length == 0) {
      return;
    }
    int product = 0;
    for (int channel = 0; channel < 4; channel++) {
      int leftMean = mean(entries, left, channel);
      int rightMean = mean(entries, right, channel);
      normal[node][channel] = Math.floorDiv(4096 * (rightMean - leftMean) + length / 2, length);
      product += normal[node][channel] * (leftMean + rightMean);
    }
    offset[node] = product >> 3;
    steepness[node] = Math.min(65535, 1572864 / length);
  }

  private static int mean(int[][] entries, List<Integer> half, int channel) {
    return 16 * half.stream().mapToInt(i -> entries[i][channel]).sum() / half.size();
  }

  /** The distance of a colour in quarters from the plane of a node. */
  int plane(int[] quarters, int node) {
    int sum = 0;
    for (int channel = 0; channel < 4; channel++) {
      sum += quarters[channel] * normal[node][channel];
    }
    return sum - offset[node];
  }

  /** The argument of the step class in rule M-27; the product fits in 32 bits. */
  int steps(int[] quarters, int node) {
    return Math.multiplyExact(plane(quarters, node) >> 4, steepness[node]) >> 16;
  }

  /** The position of the leaf that a colour in quarters leads to. */
  int likely(int[] quarters) {
    int from = 0;
    int to = size();
    while (to - from > 1) {
      int node = (from + to) / 2;
      if (plane(quarters, node) >= 0) {
        from = node;
      } else {
        to = node;
      }
    }
    return from;
  }

  int apart(int p, int q) {
    int sum = 0;
    for (int channel = 0; channel < 4; channel++) {
      sum += Math.abs(color[p][channel] - color[q][channel]);
    }
    return sum;
  }

  int[] onward(int p, int q, int r) {
    int[] result = new int[4];
    for (int channel = 0; channel < 4; channel++) {
      int value = color[p][channel] + color[q][channel] - color[r][channel];
      result[channel] = Math.max(0, Math.min(255, value));
    }
    return result;
  }
}
