package dev.kmq.spark;

import dev.kmq.PaletteHistogram;
import java.util.Arrays;

/**
 * The shares of 64 cubes of colours in an image, by which images with similar colours are found.
 * Bytes, so that those of a million images fit into the driver.
 */
final class Signature {
  /** Number of cubes: 4 levels a channel. */
  static final int SIZE = 64;

  private static final int FULL = 255;

  private Signature() {}

  /** The square roots of the shares, so that small areas of a colour count, too. */
  static byte[] of(PaletteHistogram picture) {
    double[] shares = new double[SIZE];
    double total = 0;
    for (int i = 0; i < picture.size(); i++) {
      int argb = picture.argb(i);
      double pixels = picture.weight(i) * (argb >>> 24) / 255.0;
      shares[argb >>> 22 & 3 | (argb >>> 14 & 3) << 2 | (argb >>> 6 & 3) << 4] += pixels;
      total += pixels;
    }
    byte[] signature = new byte[SIZE];
    for (int i = 0; i < SIZE && total > 0; i++) {
      signature[i] = (byte) Math.rint(FULL * Math.sqrt(shares[i] / total));
    }
    return signature;
  }

  /** Squared distance of two signatures. */
  static int distance(byte[] a, byte[] b) {
    int sum = 0;
    for (int i = 0; i < SIZE; i++) {
      int gap = (a[i] & 0xFF) - (b[i] & 0xFF);
      sum += gap * gap;
    }
    return sum;
  }

  /** The nearest of some centres; the first of equal ones. */
  static int nearest(byte[][] centres, byte[] signature) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int c = 0; c < centres.length; c++) {
      int distance = distance(centres[c], signature);
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  /**
   * Divides signatures into clusters by k-means from the farthest points. Sums are integers, so
   * that the centres do not depend on the order.
   *
   * @param signatures sorted
   * @return the centres, as many as asked for, or as there are different signatures
   */
  static byte[][] centres(byte[][] signatures, int count) {
    byte[][] centres = farthest(signatures, count);
    for (int step = 0; step < STEPS; step++) {
      long[][] sums = new long[centres.length][SIZE];
      long[] sizes = new long[centres.length];
      for (byte[] one : signatures) {
        int c = nearest(centres, one);
        sizes[c]++;
        for (int i = 0; i < SIZE; i++) {
          sums[c][i] += one[i] & 0xFF;
        }
      }
      byte[][] moved = centres.clone();
      for (int c = 0; c < centres.length; c++) {
        if (sizes[c] > 0) {
          moved[c] = mean(sums[c], sizes[c]);
        }
      }
      if (Arrays.deepEquals(moved, centres)) {
        break;
      }
      centres = moved;
    }
    return centres;
  }

  private static final int STEPS = 30;

  private static byte[] mean(long[] sums, long size) {
    byte[] mean = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      mean[i] = (byte) ((2 * sums[i] + size) / (2 * size));
    }
    return mean;
  }

  private static byte[][] farthest(byte[][] signatures, int count) {
    byte[][] chosen = new byte[Math.min(count, signatures.length)][];
    int[] gaps = new int[signatures.length];
    Arrays.fill(gaps, Integer.MAX_VALUE);
    int next = 0;
    for (int c = 0; c < chosen.length; c++) {
      chosen[c] = signatures[next];
      int farthest = 0;
      for (int i = 0; i < gaps.length; i++) {
        gaps[i] = Math.min(gaps[i], distance(chosen[c], signatures[i]));
        farthest = gaps[i] > gaps[farthest] ? i : farthest;
      }
      if (gaps[farthest] == 0) {
        return Arrays.copyOf(chosen, c + 1);
      }
      next = farthest;
    }
    return chosen;
  }
}
