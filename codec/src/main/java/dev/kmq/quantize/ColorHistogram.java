package dev.kmq.quantize;

import dev.kmq.image.PixelSource;
import java.util.Arrays;

/**
 * The exact unique colours of a picture with their numbers of pixels, in Morton order, so that
 * neighbours in the list are near in colour and the order of the pixels plays no part. Fully
 * transparent pixels are one colour, 0x00000000.
 *
 * <p>Memory is bounded by the colours, not by the pixels: at most 2^24 entries for an opaque
 * picture, one entry a unique colour with alpha.
 */
public final class ColorHistogram {
  private static final int BAND_PIXELS = 1 << 20;

  private final int[] argb;
  private final int[] counts;
  private final boolean hasAlpha;

  private ColorHistogram(int[] argb, int[] counts, boolean hasAlpha) {
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
    long pixels = (long) source.width() * source.height();
    if (pixels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a picture of " + pixels + " pixels is too large");
    }
    ColorCounter counter = new ColorCounter();
    int band = Math.max(1, Math.min(source.height(), BAND_PIXELS / source.width()));
    int[] rows = new int[Math.multiplyExact(band, source.width())];
    for (int y = 0; y < source.height(); y += band) {
      int n = Math.min(band, source.height() - y);
      source.readRows(y, n, rows);
      counter.add(rows, n * source.width());
    }
    return sorted(counter);
  }

  private static ColorHistogram sorted(ColorCounter counter) {
    int n = counter.size();
    long[] order = counter.colors();
    for (int i = 0; i < n; i++) {
      int color = (int) order[i];
      order[i] = morton(color) << 32 | (color & 0xFFFFFFFFL);
    }
    Arrays.parallelSort(order);
    int[] argb = new int[n];
    int[] counts = new int[n];
    boolean alpha = false;
    for (int i = 0; i < n; i++) {
      argb[i] = (int) order[i];
      counts[i] = counter.count(argb[i]);
      alpha |= argb[i] >>> 24 != 0xFF;
    }
    return new ColorHistogram(argb, counts, alpha);
  }

  /** Interleaves the bits of the four channels, alpha first. */
  private static long morton(int color) {
    return spread(color >>> 24) << 3
        | spread(color >>> 16 & 0xFF) << 2
        | spread(color >>> 8 & 0xFF) << 1
        | spread(color & 0xFF);
  }

  private static long spread(int value) {
    long v = value;
    v = (v | v << 12) & 0x000F000FL;
    v = (v | v << 6) & 0x03030303L;
    return (v | v << 3) & 0x11111111L;
  }

  /** Number of unique colours. */
  public int size() {
    return argb.length;
  }

  /** Colour {@code i} as ARGB, straight alpha. */
  public int argb(int i) {
    return argb[i];
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
