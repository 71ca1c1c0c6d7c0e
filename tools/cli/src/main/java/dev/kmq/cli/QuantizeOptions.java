package dev.kmq.cli;

import dev.kmq.PaletteChoice;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for computing a palette. */
final class QuantizeOptions {
  private static final int STANDARD_COLORS = 256;

  @Option(
      names = "--effort",
      paramLabel = "LEVEL",
      description = "Work spent on the palette: fast, default or best.")
  Effort effort = Effort.DEFAULT;

  @Option(
      names = "--metric",
      paramLabel = "rgb|oklab",
      description = "oklab, or rgb (default where RGB is measured).")
  @Nullable Metric metric;

  @Option(
      names = "--keep-color",
      paramLabel = "COLOR",
      converter = ColorValue.class,
      description = "Colour to keep: #rrggbb[aa] or CSS name; repeatable.")
  List<Integer> keepColors = new ArrayList<>();

  /** Whether any option differs from its default. */
  boolean isSet() {
    return effort != Effort.DEFAULT || metric != null || !keepColors.isEmpty();
  }

  /**
   * The metric asked for, or the default: Oklab, which looks best.
   *
   * @param rgb whether the default is RGB, because something else is measured in it or the colours
   *     are not those of sRGB
   */
  Metric metric(boolean rgb) {
    return Objects.requireNonNullElse(metric, rgb ? Metric.RGB : Metric.OKLAB);
  }

  /** The value of {@code -k}, or its default. */
  static int colors(@Nullable Integer colors) {
    return Objects.requireNonNullElse(colors, STANDARD_COLORS);
  }

  /** A computed palette of at most {@code colors} colours, with those to be kept. */
  PaletteChoice.Computed computed(int colors) {
    int[] keep = new int[keepColors.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = keepColors.get(i);
    }
    return PaletteChoice.computed(colors).withKeepColors(keep);
  }
}
