package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.util.HashMap;
import java.util.Map;

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
    Map<Integer, Integer> equal = new HashMap<>();
    for (int e = palette.size() - 1; e >= 0; e--) {
      equal.put(palette.argb(e), e);
    }
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
                  // Very transparent colours may have the coordinates of others.
                  Integer same = equal.get(histogram.argb(i));
                  entries[i] = same != null ? same : mine.index(histogram.argb(i));
                }
              });
        });
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
