package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.util.Arrays;

/**
 * A palette, and the entry for each colour of a histogram: the nearest one that {@link AlphaRule}
 * allows, the first of equally near ones. Immutable.
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
      ColorHistogram histogram, Palette palette, Metric metric, Work work) {
    NearestColor nearest = new NearestColor(palette, metric);
    int[] entries = new int[histogram.size()];
    work.loop(
        entries.length,
        (from, to) -> {
          NearestColor mine = new NearestColor(nearest);
          work.runs(
              from,
              to,
              (start, end) -> {
                for (int i = start; i < end; i++) {
                  entries[i] = mine.index(histogram.argb(i));
                }
              });
        });
    return new ColorMap(palette, histogram, entries);
  }

  /**
   * Maps every colour to its own entry. The nearest entry may be another one: in Oklab, colours of
   * low alpha can have the same coordinates.
   *
   * @param palette has all colours of the histogram, each once
   */
  static ColorMap exact(ColorHistogram histogram, Palette palette) {
    long[] byColor = new long[palette.size()];
    for (int e = 0; e < byColor.length; e++) {
      byColor[e] = (long) palette.argb(e) << 32 | e;
    }
    Arrays.sort(byColor);
    int[] entries = new int[histogram.size()];
    for (int i = 0; i < entries.length; i++) {
      int after = Arrays.binarySearch(byColor, (long) histogram.argb(i) << 32 | 0xFFFFFFFFL);
      entries[i] = (int) byColor[-after - 2];
    }
    return new ColorMap(palette, histogram, entries);
  }

  /**
   * This map of the visible colours of a histogram, plus an entry for the transparent colour.
   *
   * @param all the histogram with the transparent colour, if it has that
   * @param place index of the entry
   */
  ColorMap withTransparent(ColorHistogram all, int place) {
    int[] argb = new int[palette.size() + 1];
    for (int i = 0; i < palette.size(); i++) {
      argb[i < place ? i : i + 1] = palette.argb(i);
    }
    int[] mapped = new int[all.size()];
    int next = 0;
    for (int i = 0; i < mapped.length; i++) {
      if (all.argb(i) == 0) {
        mapped[i] = place;
      } else {
        int entry = entries[next++];
        mapped[i] = entry < place ? entry : entry + 1;
      }
    }
    return new ColorMap(Palette.ofArgb(argb), all, mapped);
  }

  /** Whether every colour is an entry. */
  public boolean isExact() {
    for (int i = 0; i < entries.length; i++) {
      if (palette.argb(entries[i]) != histogram.argb(i)) {
        return false;
      }
    }
    return true;
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
