package dev.kmq.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of transparency. */
final class TransparencyOptions {
  /** Whether it is kept. */
  enum Alpha {
    KEEP,
    DROP
  }

  @Option(
      names = "--alpha",
      paramLabel = "keep|drop",
      description = "Keep transparency (default), or drop it.")
  Alpha alpha = Alpha.KEEP;

  @Option(
      names = "--background",
      paramLabel = "#RRGGBB",
      converter = ColorValue.Opaque.class,
      description = "With --alpha drop: colour below (default: #ffffff).")
  @Nullable Integer background;

  void check() {
    if (background != null && alpha == Alpha.KEEP) {
      throw new UsageException("--background needs --alpha drop");
    }
  }

  /** The colour to lay pictures on, or null to keep their transparency. */
  @Nullable Integer backdrop() {
    return alpha == Alpha.DROP ? Objects.requireNonNullElse(background, 0xFFFFFFFF) : null;
  }
}
