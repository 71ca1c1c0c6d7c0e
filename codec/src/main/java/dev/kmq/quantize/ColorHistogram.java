package dev.kmq.quantize;

import dev.kmq.image.PixelSource;

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
    long pixels = (long) source.width() * source.height();
    if (pixels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a picture of " + pixels + " pixels is too large");
    }
    ColorCounter counter = new ColorCounter((int) pixels);
    int band = Math.max(1, Math.min(source.height(), BAND_PIXELS / source.width()));
    int[] rows = new int[Math.multiplyExact(band, source.width())];
    for (int y = 0; y < source.height(); y += band) {
      int n = Math.min(band, source.height() - y);
      source.readRows(y, n, rows);
      counter.add(rows, 0, n * source.width());
    }
    return counter.histogram();
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
