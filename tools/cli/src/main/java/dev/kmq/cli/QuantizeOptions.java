package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a palette is found. */
final class QuantizeOptions {
  private static final int STANDARD_COLORS = 256;

  @Option(
      names = "--effort",
      paramLabel = "fast|default|best",
      description = "How much work goes into the palette (default: default).")
  Effort effort = Effort.DEFAULT;

  @Option(
      names = "--metric",
      paramLabel = "rgb|oklab",
      description =
          "Which colours count as near: in 8-bit RGB (default), or in Oklab, as they are seen.")
  Metric metric = Metric.RGB;

  @Option(
      names = "--keep-color",
      paramLabel = "#RRGGBB",
      converter = ColorValue.class,
      description =
          "A colour of sRGB that is in the palette as it is, before all others but the one of"
              + " --transparent-index; may be given again. With #RRGGBBAA it has alpha; all colours of"
              + " alpha 00 are one.")
  List<Integer> keepColors = new ArrayList<>();

  /** Whether anything but the standard is asked for. */
  boolean isSet() {
    return effort != Effort.DEFAULT || metric != Metric.RGB || !keepColors.isEmpty();
  }

  /** K for {@code -k}, which may be absent. */
  static int colors(@Nullable Integer colors) {
    return Objects.requireNonNullElse(colors, STANDARD_COLORS);
  }

  static void checkColors(int colors) {
    if (colors < 1 || colors > 65536) {
      throw new UsageException("-k is 1 to 65536, not " + colors);
    }
  }

  /** Refuses colours to keep that are too many for the least K, or given twice. */
  void check(int leastColors) {
    if (keepColors.size() > leastColors) {
      throw new UsageException(
          "--keep-color is given %d times, more than -k %d"
              .formatted(keepColors.size(), leastColors));
    }
    Set<Integer> seen = new HashSet<>();
    for (int color : keepColors) {
      boolean transparent = color >>> 24 == 0;
      if (!seen.add(transparent ? 0 : color)) {
        throw new UsageException(
            transparent
                ? "--keep-color is given two colours of alpha 00, which are one"
                : "--keep-color is given twice for one colour");
      }
    }
  }

  void apply(EncodeOptions.Builder builder) {
    builder
        .effort(effort)
        .metric(metric)
        .keepColors(keepColors.stream().mapToInt(Integer::intValue).toArray());
  }
}
