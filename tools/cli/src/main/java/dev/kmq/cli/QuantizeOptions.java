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
      description = "Colour distance in 8-bit RGB (default) or Oklab.")
  Metric metric = Metric.RGB;

  @Option(
      names = "--keep-color",
      paramLabel = "#RRGGBB",
      converter = ColorValue.class,
      description = "Colour to keep (#RRGGBBAA: with alpha); repeatable.")
  List<Integer> keepColors = new ArrayList<>();

  /** Whether any option differs from its default. */
  boolean isSet() {
    return effort != Effort.DEFAULT || metric != Metric.RGB || !keepColors.isEmpty();
  }

  /** The value of {@code -k}, or its default. */
  static int colors(@Nullable Integer colors) {
    return Objects.requireNonNullElse(colors, STANDARD_COLORS);
  }

  /** A computed palette of at most {@code colors} colours, with those to be kept. */
  PaletteChoice.Computed computed(int colors) {
    return PaletteChoice.computed(colors)
        .withKeepColors(keepColors.stream().mapToInt(Integer::intValue).toArray());
  }
}
