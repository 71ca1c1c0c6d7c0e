package dev.kmq.quantize;

import dev.kmq.image.PixelSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The exact unique colours of a picture with their numbers of pixels, in an order in which
 * neighbours are near in colour and the order of the pixels plays no part: opaque colours along a
 * Morton curve of RGB, then those with alpha along one of RGBA. Fully transparent pixels are one
 * colour, 0x00000000.
 *
 * <p>Memory is bounded by the colours, not by the pixels: at most 2^24 entries for an opaque
 * picture, one entry more for each unique colour with alpha.
 */
public final class ColorHistogram {
  private static final int BAND_PIXELS = 1 << 20;

  private final int[] argb;
  private final int[] counts;
  private final boolean hasAlpha;

  ColorHistogram(int[] argb, int[] counts, boolean hasAlpha) {
    this.argb = argb;
    this.counts = counts;
    this.hasAlpha = hasAlpha;
  }

  /**
   * Counts the colours of a picture.
   *
   * @throws IllegalArgumentException if it has more than 2^31-1 pixels
   */
  public static ColorHistogram of(PixelSource source) {
    return of(source, 1);
  }

  /**
   * Counts the colours of a picture on at most {@code threads} threads; the result never depends on
   * their number.
   *
   * @throws IllegalArgumentException if it has more than 2^31-1 pixels
   */
  public static ColorHistogram of(PixelSource source, int threads) {
    long pixels = (long) source.width() * source.height();
    if (pixels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a picture of " + pixels + " pixels is too large");
    }
    int band = Math.max(1, Math.min(source.height(), BAND_PIXELS / source.width()));
    int[] rows = new int[Math.multiplyExact(band, source.width())];
    Deque<ColorCounter> idle = new ArrayDeque<>();
    try (Workers workers = new Workers(threads)) {
      for (int y = 0; y < source.height(); y += band) {
        int n = Math.min(band, source.height() - y);
        source.readRows(y, n, rows);
        workers.run(
            n * source.width(), (from, to) -> count(rows, from, to, idle, (int) pixels / threads));
      }
    }
    ColorHistogram all = idle.remove().histogram();
    while (!idle.isEmpty()) {
      all = all.plus(idle.remove().histogram());
    }
    return all;
  }

  private static void count(int[] rows, int from, int to, Deque<ColorCounter> idle, int pixels) {
    ColorCounter counter;
    synchronized (idle) {
      counter = idle.isEmpty() ? new ColorCounter(pixels) : idle.remove();
    }
    counter.add(rows, from, to);
    synchronized (idle) {
      idle.add(counter);
    }
  }

  /** The colours of two pictures together. */
  ColorHistogram plus(ColorHistogram other) {
    int[] colors = new int[size() + other.size()];
    int[] times = new int[colors.length];
    int n = 0;
    int i = 0;
    int j = 0;
    while (i < size() || j < other.size()) {
      long mine = i < size() ? key(argb[i]) : Long.MAX_VALUE;
      long others = j < other.size() ? key(other.argb[j]) : Long.MAX_VALUE;
      colors[n] = mine <= others ? argb[i] : other.argb[j];
      if (mine <= others) {
        times[n] += counts[i++];
      }
      if (others <= mine) {
        times[n] += other.counts[j++];
      }
      n++;
    }
    return new ColorHistogram(
        Arrays.copyOf(colors, n), Arrays.copyOf(times, n), hasAlpha || other.hasAlpha);
  }

  /** What colours are ordered by. */
  static long key(int argb) {
    return argb >>> 24 == 0xFF ? ColorCounter.morton(argb) : ColorTable.morton(argb) | 1L << 32;
  }

  /** Number of unique colours. */
  public int size() {
    return argb.length;
  }

  /** Colour {@code i} as ARGB, straight alpha. */
  public int argb(int i) {
    return argb[i];
  }

  /** A copy of all colours as ARGB, straight alpha. */
  int[] toArgb() {
    return argb.clone();
  }

  /** Pixels of colour {@code i}, at least 1. */
  public int count(int i) {
    return counts[i];
  }

  /** Whether any pixel is not fully opaque. */
  public boolean hasAlpha() {
    return hasAlpha;
  }
}
