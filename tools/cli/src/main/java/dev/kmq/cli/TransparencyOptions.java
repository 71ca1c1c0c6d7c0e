package dev.kmq.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for transparency. */
final class TransparencyOptions {
  /** Whether transparency is kept. */
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
      paramLabel = "COLOR",
      converter = ColorValue.Opaque.class,
      description = "With --alpha drop: colour below (default: white).")
  @Nullable Integer background;

  void check() {
    if (background != null && alpha == Alpha.KEEP) {
      throw new UsageException("--background needs --alpha drop");
    }
  }

  /** The colour to composite images onto, or null to keep transparency. */
  @Nullable Integer backdrop() {
    return alpha == Alpha.DROP ? Objects.requireNonNullElse(background, 0xFFFFFFFF) : null;
  }
}
