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

/** Options for the goal of the palette of an image, or for a given palette. */
final class TargetOptions {
  @Option(
      names = "--dither",
      paramLabel = "TYPE",
      converter = DitherName.class,
      description = "none (default), floyd-steinberg, spatial, blue-noise, bayer.")
  Dither dither = Dither.NONE;

  @Option(
      names = "--palette",
      paramLabel = "FILE|NAME",
      description = "Palette file, image, or name; see 'kmq palette --list-palettes'.")
  @Nullable String palette;

  @Option(
      names = "--target-psnr",
      paramLabel = "DB",
      converter = DecibelValue.class,
      description = "Fewest colours, up to -k, that reach this PSNR.")
  @Nullable Double targetPsnr;

  @Option(
      names = "--target-bytes",
      paramLabel = "SIZE",
      converter = SizeValue.class,
      description = "Most colours, up to -k, that fit into SIZE, e.g. 20k.")
  @Nullable Long targetBytes;

  @Option(
      names = "--max-error",
      paramLabel = "E",
      description = "Fail if an RGB distance (0 to 441.7) exceeds E.")
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
          "'%s' is not one of %s"
              .formatted(
                  value,
                  Arrays.stream(Dither.values())
                      .map(Dither::label)
                      .collect(Collectors.joining(", "))));
    }
  }

  void check(@Nullable Integer colors) {
    if (palette != null && colors != null) {
      throw new UsageException("--palette cannot be combined with --colors: K is the palette's");
    }
  }

  /** The palette of {@code --palette}, or null. */
  @Nullable Palette read(Terminal terminal, InputOptions inputs) throws IOException {
    return palette == null ? null : PaletteValue.named("--palette", palette, terminal, inputs);
  }

  /** The given palette, or a computed one for the target, if there is one. */
  PaletteChoice choice(@Nullable Palette given, PaletteChoice.Computed computed) {
    return PaletteChoice.of(
        given, Target.of(targetPsnr, targetBytes).map(computed::withTarget).orElse(computed));
  }

  /** Whether colours are compared in RGB: with those of a palette, or by a limit. */
  boolean areInRgb() {
    return palette != null || targetPsnr != null || maxError != null;
  }

  /** Sets all but the palette. */
  void apply(EncodeOptions.Builder builder) {
    builder.dither(dither);
    if (maxError != null) {
      builder.maxError(maxError);
    }
  }
}
