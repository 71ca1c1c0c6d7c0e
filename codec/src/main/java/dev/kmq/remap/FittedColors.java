package dev.kmq.remap;

import dev.kmq.image.Palette;
import dev.kmq.quantize.ColorCoordinates;
import dev.kmq.quantize.PaletteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The palette of entries that were moved: colours from coordinates, and their order. */
final class FittedColors {
  private FittedColors() {}

  /**
   * Rounded colours, all different.
   *
   * @param argb the entries before
   * @param fixed number of first entries that stay, as transparent ones do
   * @param places new coordinates
   */
  static int[] of(int[] argb, int fixed, double[] places, ColorCoordinates space) {
    int[] moved = argb.clone();
    Set<Integer> taken = new HashSet<>();
    for (int e = 0; e < argb.length; e++) {
      if (e < fixed || argb[e] >>> 24 == 0) {
        taken.add(argb[e]);
      }
    }
    for (int e = fixed; e < argb.length; e++) {
      if (argb[e] >>> 24 == 0) {
        continue;
      }
      int color = space.color(places, e * space.dims);
      moved[e] = color >>> 24 == 0 ? argb[e] : color;
      if (taken.contains(moved[e])) {
        moved[e] = argb[e];
      }
      while (!taken.add(moved[e])) {
        moved[e] = moved[e] & 0xFF000000 | moved[e] + 1 & 0xFFFFFF;
      }
    }
    return moved;
  }

  /**
   * A palette with the entries from {@code fixed} on in the order in which palettes are written; a
   * transparent entry at {@code fixed} stays there.
   *
   * @param places receives the new place of each entry
   */
  static Palette sorted(Palette palette, int fixed, int[] places) {
    int[] argb = palette.toArgb();
    int[] sorted = argb.clone();
    boolean transparent = fixed < argb.length && argb[fixed] >>> 24 == 0;
    PaletteOrder.sort(sorted, transparent ? fixed + 1 : fixed);
    Map<Integer, Integer> byColor = new HashMap<>();
    for (int e = 0; e < sorted.length; e++) {
      byColor.put(sorted[e], e);
    }
    for (int e = 0; e < fixed; e++) {
      places[e] = e; // given colours may repeat
    }
    for (int e = fixed; e < argb.length; e++) {
      places[e] = Objects.requireNonNull(byColor.get(argb[e]));
    }
    return palette.hasAlpha() ? Palette.ofArgb(sorted) : Palette.ofRgb(sorted);
  }
}
