package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import dev.kmq.image.PixelSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The unique colours of an image with their pixel counts. Their order does not depend on the order
 * of the pixels and keeps similar colours together: opaque colours along a Morton curve of RGB,
 * then those with alpha along one of RGBA. All fully transparent pixels count as one colour,
 * 0x00000000. Immutable.
 *
 * <p>The colours are exact up to {@value #MOST_OPAQUE} opaque and {@value #MOST_TRANSLUCENT}
 * translucent ones. If an image has more opaque colours, those of each cube of 2x2x2 count as one,
 * their rounded mean; there are at most 2^21. If it has more translucent colours, they are joined
 * in cubes of 2, 4 or 8 levels per channel, the smallest that leave few enough. This depends on the
 * pixels only. It bounds the memory: counting takes up to 190 MB per thread, and a histogram 50 MB.
 * The histogram of several images has the colours of all.
 */
public final class ColorHistogram {
  /** The most opaque colours that are counted exactly. */
  static final int MOST_OPAQUE = 1 << 22;

  /** The most translucent colours. */
  static final int MOST_TRANSLUCENT = 1 << 21;

  private static final int BAND_PIXELS = 1 << 20;

  /** Mask of the colours before which cancellation is checked. */
  private static final int CHECKED = (1 << 14) - 1;

  /**
   * Pixel count that each image is scaled to when several have equal weights, and the cap on the
   * total.
   */
  private static final int MOST_EACH = 1 << 24;

  private static final int MOST_TOGETHER = 1 << 30;

  private final int[] argb;
  private final int[] counts;
  private final boolean hasAlpha;
  private final boolean joined;

  ColorHistogram(int[] argb, int[] counts, boolean hasAlpha) {
    this(argb, counts, hasAlpha, false);
  }

  ColorHistogram(int[] argb, int[] counts, boolean hasAlpha, boolean joined) {
    this.argb = argb;
    this.counts = counts;
    this.hasAlpha = hasAlpha;
    this.joined = joined;
  }

  /**
   * Counts the colours of an image.
   *
   * @throws IllegalArgumentException if it has more than 2^31-1 pixels
   */
  public static ColorHistogram of(PixelSource source) {
    return of(source, Work.onThreads(1));
  }

  /**
   * Counts the colours of an image.
   *
   * @throws IllegalArgumentException if it has more than 2^31-1 pixels
   */
  public static ColorHistogram of(PixelSource source, Work work) {
    long pixels = (long) source.width() * source.height();
    if (pixels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("an image of " + pixels + " pixels is too large");
    }
    int band = Math.max(1, Math.min(source.height(), BAND_PIXELS / source.width()));
    int[] rows = new int[Math.multiplyExact(band, source.width())];
    Deque<ColorCounter> idle = new ArrayDeque<>();
    int share = (int) pixels / work.threads();
    for (int y = 0; y < source.height(); y += band) {
      int n = Math.min(band, source.height() - y);
      source.readRows(y, n, rows);
      work.loop(n * source.width(), (from, to) -> count(rows, from, to, idle, share, work));
      work.report((double) (y + n) / source.height());
    }
    ColorCounter all = idle.remove();
    while (!idle.isEmpty()) {
      all.addAll(idle.remove(), work);
    }
    return all.histogram(work);
  }

  private static void count(
      int[] rows, int from, int to, Deque<ColorCounter> idle, int pixels, Work work) {
    ColorCounter counter;
    synchronized (idle) {
      counter = idle.isEmpty() ? new ColorCounter(pixels) : idle.remove();
    }
    counter.add(rows, from, to, work);
    synchronized (idle) {
      idle.add(counter);
    }
  }

  /** The colours of two images together. */
  ColorHistogram plus(ColorHistogram other, Work work) {
    int[] colors = new int[size() + other.size()];
    int[] times = new int[colors.length];
    int n = 0;
    int i = 0;
    int j = 0;
    while (i < size() || j < other.size()) {
      if ((n & CHECKED) == 0) {
        work.check();
      }
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
        Arrays.copyOf(colors, n),
        Arrays.copyOf(times, n),
        hasAlpha || other.hasAlpha,
        joined || other.joined);
  }

  /**
   * The colours of several images together, each image scaled to its weight regardless of its size.
   *
   * @param weights one per image, finite and above 0; only their ratios matter
   */
  public static ColorHistogram ofAll(
      List<? extends PixelSource> sources, double[] weights, Work work) {
    if (sources.size() == 1) {
      return of(sources.get(0), work);
    }
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double total = Math.min(MOST_TOGETHER, (double) MOST_EACH * weights.length);
    ColorHistogram all = new ColorHistogram(new int[0], new int[0], false);
    for (int i = 0; i < weights.length; i++) {
      int share = (int) Math.max(1, total * (weights[i] / sum));
      Work part = work.part((double) i / weights.length, (i + 1.0) / weights.length);
      all = all.plus(of(sources.get(i), part).weighted(share), part);
    }
    return all;
  }

  /** The same colours, counted as if the image had about {@code total} pixels. */
  private ColorHistogram weighted(int total) {
    long pixels = 0;
    for (int count : counts) {
      pixels += count;
    }
    int[] weights = new int[counts.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (int) Math.max(1, (2L * counts[i] * total + pixels) / (2 * pixels));
    }
    return new ColorHistogram(argb, weights, hasAlpha, joined);
  }

  /** The sort key of a colour. */
  static long key(int argb) {
    return argb >>> 24 == 0xFF ? ColorCounter.morton(argb) : ColorTable.morton(argb) | 1L << 32;
  }

  /** Number of opaque colours; they come first. */
  int opaque() {
    int n = argb.length;
    while (hasAlpha && n > 0 && argb[n - 1] >>> 24 != 0xFF) {
      n--;
    }
    return n;
  }

  /** Whether any pixel is fully transparent. */
  boolean hasTransparent() {
    int opaque = opaque();
    return opaque < argb.length && argb[opaque] == 0;
  }

  /** The colours that are not fully transparent. */
  ColorHistogram visible() {
    if (!hasTransparent()) {
      return this;
    }
    int opaque = opaque();
    int rest = argb.length - opaque - 1;
    int[] colors = Arrays.copyOf(argb, opaque + rest);
    int[] times = Arrays.copyOf(counts, opaque + rest);
    System.arraycopy(argb, opaque + 1, colors, opaque, rest);
    System.arraycopy(counts, opaque + 1, times, opaque, rest);
    return new ColorHistogram(colors, times, rest > 0, joined);
  }

  /** Whether the image has more colours than are counted, so that some count as one. */
  public boolean isJoined() {
    return joined;
  }

  /** Number of unique colours. */
  public int size() {
    return argb.length;
  }

  /** Colour {@code i} as ARGB, straight alpha. */
  public int argb(int i) {
    return argb[i];
  }

  /** All colours, not to be written to. */
  int[] colors() {
    return argb;
  }

  /** Pixels of all colours, not to be written to. */
  int[] counts() {
    return counts;
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
