package dev.kmq.cli;

import dev.kmq.cli.picture.MetadataPolicy;
import dev.kmq.cli.picture.PictureReader;
import dev.kmq.container.Limits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How pictures are read. */
final class SourceOptions {
  /** What becomes of transparency. */
  enum Alpha {
    KEEP,
    DROP
  }

  @Option(
      names = "--alpha",
      paramLabel = "keep|drop",
      description =
          "Keep transparency (default), or drop it by laying the picture on --background.")
  Alpha alpha = Alpha.KEEP;

  @Option(
      names = "--background",
      paramLabel = "#RRGGBB",
      converter = ColorValue.Opaque.class,
      description = "Colour behind a picture whose transparency is dropped (default: #ffffff).")
  @Nullable Integer background;

  @Option(
      names = "--metadata",
      paramLabel = "none|color|all",
      description =
          "Keep nothing and convert to sRGB; keep a colour profile that is not sRGB (default);"
              + " or keep profile, resolution, texts and Exif.")
  MetadataPolicy metadata = MetadataPolicy.COLOR;

  @Option(names = "--to-srgb", description = "Convert colours to sRGB.")
  boolean toSrgb;

  void check() {
    if (background != null && alpha == Alpha.KEEP) {
      throw new UsageException("--background needs --alpha drop");
    }
  }

  PictureReader reader(Limits limits) {
    return new PictureReader(limits, metadata, toSrgb, alpha == Alpha.DROP ? backdrop() : null);
  }

  private Integer backdrop() {
    return Objects.requireNonNullElse(background, 0xFFFFFFFF);
  }
}
