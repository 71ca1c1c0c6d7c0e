package dev.kmq.quantize;

import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The requirements on a palette.
 *
 * @param colors maximum number of colours, K: 1 to 65536
 * @param metric the distance between colours
 * @param keepColors ARGB of colours that are the first entries as they are, all different, at most
 *     {@code colors}
 */
public record PaletteRequest(int colors, Effort effort, Metric metric, List<Integer> keepColors) {
  /** A request for a palette with nothing to keep. */
  public static PaletteRequest of(int colors, Effort effort) {
    return new PaletteRequest(colors, effort, Metric.RGB, List.of());
  }

  /** The same request without the transparent entry, which is one of the K colours. */
  PaletteRequest withoutTransparent() {
    List<Integer> visible = new ArrayList<>(keepColors);
    visible.remove(Integer.valueOf(0));
    return new PaletteRequest(colors - 1, effort, metric, List.copyOf(visible));
  }

  int[] kept() {
    int[] kept = new int[keepColors.size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = keepColors.get(i);
    }
    return kept;
  }

  /** The space of the palette: one with alpha if the image or a kept colour has it. */
  ColorCoordinates space(boolean alpha) {
    boolean any = alpha;
    for (int color : keepColors) {
      any |= color >>> 24 != 0xFF;
    }
    return new ColorCoordinates(metric, any);
  }

  /** These colours as a palette; those that are not kept are put in order. */
  Palette palette(int[] argb, boolean alpha) {
    PaletteOrder.sort(argb, keepColors.size());
    return space(alpha).palette(argb);
  }

  /** The kept colours followed by the given colours not already kept. */
  int[] withKept(int[] argb) {
    int[] kept = kept();
    int[] sorted = kept.clone();
    Arrays.sort(sorted);
    int[] all = Arrays.copyOf(kept, kept.length + argb.length);
    int n = kept.length;
    for (int color : argb) {
      if (Arrays.binarySearch(sorted, color) < 0) {
        all[n++] = color;
      }
    }
    return Arrays.copyOf(all, n);
  }
}
