package dev.kmq.metrics;

import dev.kmq.concurrent.TaskQueue;
import dev.kmq.concurrent.Work;
import dev.kmq.image.PixelSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pair of images at scale 1:1, then 1:2, 1:4 and so on, halved in linear light. They are measured
 * in bands of rows that depend on the height alone, so sums do not depend on threads.
 */
final class Scales {
  /** The rows above and below a band that a measure may see. */
  static final int HALO = 4;

  /** Rows of a band, an even number. */
  private static final int BAND = 64;

  private final PixelSource a;
  private final PixelSource b;
  private final int grey;
  private final int threads;
  private int left;
  private int width;
  private int height;

  /** The images at this scale; null at scale 1:1, which is never in memory as a whole. */
  private @Nullable LinearImage linearA;

  private @Nullable LinearImage linearB;

  /** The images at the next scale; null if there is none. */
  private @Nullable LinearImage halfA;

  private @Nullable LinearImage halfB;

  /** A measure of a band. */
  @FunctionalInterface
  interface Band {
    /**
     * Measures the rows {@code from} to {@code to - 1} of two images, of which {@link #HALO} more
     * rows above and below are known. Called by several threads.
     *
     * @return sums over these rows
     */
    double[] sums(LinearImage a, LinearImage b, int from, int to);
  }

  /**
   * Starts with scale 1:1.
   *
   * @param grey the background of pixels with alpha
   * @param count the maximum number of scales
   */
  Scales(PixelSource a, PixelSource b, int grey, int count, int threads) {
    this.a = a;
    this.b = b;
    this.grey = grey;
    this.threads = threads;
    left = count;
    width = a.width();
    height = a.height();
    allocateHalves();
  }

  /** Width at this scale. */
  int width() {
    return width;
  }

  /** Height at this scale. */
  int height() {
    return height;
  }

  /** Halves the images, unless they are too small or the maximum number of scales is reached. */
  boolean next() {
    if (halfA == null) {
      return false;
    }
    linearA = halfA;
    linearB = halfB;
    width = linearA.width();
    height = linearA.height();
    allocateHalves();
    return true;
  }

  private void allocateHalves() {
    left--;
    boolean last = left == 0 || Math.min(width, height) < Backgrounds.MIN_SIDE;
    int rows = (height + 1) / 2;
    halfA = last ? null : new LinearImage((width + 1) / 2, rows, 0, rows);
    halfB = last ? null : new LinearImage((width + 1) / 2, rows, 0, rows);
  }

  /** Measures this scale, once. Sums over bands are added from top to bottom. */
  double[] sums(Band measure) {
    double[][] bands = new double[(height + BAND - 1) / BAND][];
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(Work.onThreads(threads))) {
      for (int i = 0; i < bands.length; i++) {
        int band = i;
        int from = band * BAND;
        int to = Math.min(height, from + BAND);
        Supplier<LinearImage> rowsA = rows(a, linearA, from, to);
        Supplier<LinearImage> rowsB = rows(b, linearB, from, to);
        tasks.add(
            () -> {
              LinearImage bandA = rowsA.get();
              LinearImage bandB = rowsB.get();
              bands[band] = measure.sums(bandA, bandB, from, to);
              if (halfA != null && halfB != null) {
                bandA.halve(from, to, halfA);
                bandB.halve(from, to, halfB);
              }
              return null;
            });
      }
      tasks.await();
    }
    double[] sums = bands[0];
    for (int i = 1; i < bands.length; i++) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += bands[i][j];
      }
    }
    return sums;
  }

  /** Sources are read by the calling thread, and converted by that of the task. */
  private Supplier<LinearImage> rows(
      PixelSource source, @Nullable LinearImage whole, int from, int to) {
    if (whole != null) {
      return () -> whole;
    }
    int top = Math.max(0, from - HALO);
    int rows = Math.min(height, to + HALO) - top;
    int[] argb = new int[Math.multiplyExact(width, rows)];
    source.readRows(top, rows, argb);
    return () -> {
      LinearImage linear = new LinearImage(width, height, top, rows);
      linear.set(argb, grey);
      return linear;
    };
  }
}
