package dev.kmq.cli;

import dev.kmq.cli.picture.MetadataPolicy;
import picocli.CommandLine.Option;

/** What is kept of a picture beside its pixels. */
final class SourceOptions {
  @Option(
      names = "--metadata",
      paramLabel = "none|color|all",
      description =
          "Keep nothing and convert to sRGB; keep a colour profile that is not sRGB, or one made of"
              + " a PNG's cICP, gAMA and cHRM (default); or keep profile, resolution, texts and"
              + " Exif.")
  MetadataPolicy metadata = MetadataPolicy.COLOR;

  @Option(names = "--to-srgb", description = "Convert colours to sRGB.")
  boolean toSrgb;
}
