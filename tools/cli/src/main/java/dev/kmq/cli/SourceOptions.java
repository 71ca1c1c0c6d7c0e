package dev.kmq.cli;

import dev.kmq.picture.MetadataPolicy;
import picocli.CommandLine.Option;

/** Options for metadata and colour space. */
final class SourceOptions {
  @Option(
      names = "--metadata",
      paramLabel = "LEVEL",
      description =
          "none (converts to sRGB), color (default: profile), or all "
              + "(also resolution, text, Exif).")
  MetadataPolicy metadata = MetadataPolicy.COLOR;

  @Option(names = "--to-srgb", description = "Convert colours to sRGB.")
  boolean toSrgb;
}
