package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.PaletteChoice;
import dev.kmq.Target;
import dev.kmq.image.Dither;
import dev.kmq.image.Palette;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the palette of one picture is to achieve, or which one it is. */
final class TargetOptions {
  @Option(
      names = "--dither",
      paramLabel = "none|floyd-steinberg|blue-noise|bayer",
      converter = DitherName.class,
      description = "How pixels get colours that the palette lacks (default: none).")
  Dither dither = Dither.NONE;

  @Option(
      names = "--palette",
      paramLabel = "FILE|NAME",
      description =
          "Take this palette of sRGB, entries and order kept: "
              + PaletteFormat.READ
              + "; or the palette or colours of an image; or a name, which comes before a file of that"
              + " name (./grey4 is the file): grey2, grey4, grey16, bw, wb, bwr, bwy, bwyr, acep7,"
              + " spectra6. 'kmq palette --list-palettes' shows their colours.")
  @Nullable String palette;

  @Option(
      names = "--target-psnr",
      paramLabel = "DB",
      description =
          "Use as few colours, up to -k, as reach this PSNR; exit code 3 if none do. Images with alpha"
              + " are judged on black and on white, and the larger error of each pixel counts.")
  @Nullable Double targetPsnr;

  @Option(
      names = "--target-bytes",
      paramLabel = "N",
      description = "As many colours, up to -k, as this many bytes hold; exit code 3 if none do.")
  @Nullable Long targetBytes;

  @Option(
      names = "--max-error",
      paramLabel = "E",
      description =
          "Fail, with exit code 3, if the error of any pixel exceeds E: Euclidean distance in 8-bit"
              + " RGB; with alpha, the larger of those on black and on white.")
  @Nullable Double maxError;

  static final class DitherName implements ITypeConverter<Dither> {
    @Override
    public Dither convert(String value) {
      for (Dither dither : Dither.values()) {
        if (dither.label().equals(value.toLowerCase(Locale.ROOT))) {
          return dither;
        }
      }
      throw new TypeConversionException(
          "'%s' is none of %s"
              .formatted(
                  value,
                  Arrays.stream(Dither.values())
                      .map(Dither::label)
                      .collect(Collectors.joining(", "))));
    }
  }

  void check(@Nullable Integer colors) {
    if (palette != null && colors != null) {
      throw new UsageException("--palette cannot be combined with -k: K is the palette's");
    }
  }

  /** Whether an indexed input has to be quantised anew. */
  boolean asksForAnother() {
    return palette != null || targetPsnr != null || targetBytes != null;
  }

  /** The palette of {@code --palette}, or null. */
  @Nullable Palette read(Terminal terminal, InputOptions inputs) throws IOException {
    return palette == null ? null : PaletteFile.named("--palette", palette, terminal, inputs);
  }

  /** The given palette, or a computed one for the target, if there is one. */
  PaletteChoice choice(@Nullable Palette given, PaletteChoice.Computed computed) {
    return PaletteChoice.of(
        given, Target.of(targetPsnr, targetBytes).map(computed::withTarget).orElse(computed));
  }

  /** Sets all but the palette. */
  void apply(EncodeOptions.Builder builder) {
    builder.dither(dither);
    if (maxError != null) {
      builder.maxError(maxError);
    }
  }
}
