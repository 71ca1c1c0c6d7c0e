package dev.kmq.spark;

import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options for colours, as those of the same names of the command. */
final class ColorOptions {
  private static final int STANDARD_COLORS = 256;
  private static final int WHITE = 0xFFFFFFFF;

  /** Whether transparency is kept. */
  enum Alpha {
    KEEP,
    DROP
  }

  @Option(
      names = {"-k", "--colors"},
      paramLabel = "K",
      description = "Maximum number of colours (default: 256).")
  @Nullable Integer given;

  @Option(
      names = "--effort",
      paramLabel = "LEVEL",
      description = "Work spent on the palette: fast, default or best.")
  Effort effort = Effort.DEFAULT;

  @Option(
      names = "--metric",
      paramLabel = "rgb|oklab",
      description = "oklab, or rgb (default of encode with a palette or a profile).")
  @Nullable Metric metric;

  @Option(
      names = "--alpha",
      paramLabel = "keep|drop",
      description = "Keep transparency (default), or drop it.")
  Alpha alpha = Alpha.KEEP;

  @Option(
      names = "--background",
      paramLabel = "#RRGGBB",
      converter = Color.class,
      description = "With --alpha drop: colour below (default: white).")
  @Nullable Integer background;

  static final class Color implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("#[0-9A-Fa-f]{6}")) {
        throw new TypeConversionException("'" + value + "' is not a colour such as #ffffff");
      }
      return 0xFF000000 | Integer.parseInt(value.substring(1), 16);
    }
  }

  void check() {
    if (background != null && alpha == Alpha.KEEP) {
      throw new UsageException("--background needs --alpha drop");
    }
    if (colors() < 1 || colors() > Palette.MAX_SIZE) {
      throw new UsageException("--colors must be from 1 to 65536, not " + colors());
    }
  }

  int colors() {
    return Objects.requireNonNullElse(given, STANDARD_COLORS);
  }

  /** The colour to composite images onto, or null to keep transparency. */
  @Nullable Integer backdrop() {
    return alpha == Alpha.DROP ? Objects.requireNonNullElse(background, WHITE) : null;
  }
}
