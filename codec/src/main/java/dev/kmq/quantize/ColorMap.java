package dev.kmq.quantize;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;

/**
 * A palette, and the entry that each colour of a histogram is mapped to: the nearest one, of
 * equally near ones the first.
 */
public final class ColorMap {
  private final Palette palette;
  private final ColorHistogram histogram;
  private final int[] entries;

  ColorMap(Palette palette, ColorHistogram histogram, int[] entries) {
    this.palette = palette;
    this.histogram = histogram;
    this.entries = entries;
  }

  /** Maps every colour to the nearest entry of a given palette. */
  public static ColorMap nearest(
      ColorHistogram histogram, Palette palette, Metric metric, int threads) {
    Space space = new Space(metric, palette.hasAlpha());
    try (Workers workers = new Workers(threads)) {
      Points points = Points.of(histogram, space);
      Lloyd lloyd = Lloyd.ofCenters(points, space.place(palette.toArgb()), workers);
      return new ColorMap(palette, histogram, lloyd.labels);
    }
  }

  /** The palette. */
  public Palette palette() {
    return palette;
  }

  /** The histogram whose colours are mapped. */
  public ColorHistogram histogram() {
    return histogram;
  }

  /** The entry of colour {@code i} of the histogram. */
  public int entry(int i) {
    return entries[i];
  }
}
