package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.cli.file.FailedInput;
import dev.kmq.cli.file.Inputs;
import dev.kmq.cli.file.StandardStreams;
import dev.kmq.container.Limits;
import dev.kmq.image.Dither;
import dev.kmq.image.Palette;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
      paramLabel = "FILE",
      description =
          "Take this palette of sRGB, entries and order kept: "
              + PaletteFormat.READ
              + "; or the palette or colours of an image.")
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
      throw new UsageException("-k and --palette exclude each other: K is the palette's");
    }
    try {
      EncodeOptions.Builder builder = EncodeOptions.builder();
      apply(builder, palette == null ? null : Palette.ofRgb(0));
      builder.build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(inWords(String.valueOf(e.getMessage())));
    }
  }

  /** The option's name on the command line for that of the API. */
  private static String inWords(String message) {
    return message
        .replace("targetPsnr", "--target-psnr")
        .replace("targetBytes", "--target-bytes")
        .replace("maxError", "--max-error")
        .replace("a palette that is given", "--palette");
  }

  /** Whether an indexed input has to be quantised anew. */
  boolean asksForAnother() {
    return palette != null || targetPsnr != null || targetBytes != null;
  }

  /**
   * The palette of {@code --palette}, or null.
   *
   * @param inputs arguments, which must not want standard input too
   * @param limits of an image whose palette is taken
   */
  @Nullable Palette read(Terminal terminal, List<String> inputs, Limits limits) throws IOException {
    String file = palette;
    if (file == null) {
      return null;
    }
    if (StandardStreams.isInput(file) && inputs.stream().anyMatch(StandardStreams::isInput)) {
      throw new UsageException("--palette and an input cannot both be standard input");
    }
    try {
      List<String> warnings = new ArrayList<>();
      Palette read = PaletteFile.read(Inputs.one(file, terminal.in()), limits, warnings);
      for (String warning : warnings) {
        terminal.err().println(Printable.line("kmq: " + file + ": warning: " + warning));
      }
      return read;
    } catch (IOException | InvalidPathException e) {
      String message = Failures.message(e);
      String name = file + ": ";
      throw new FailedInput("palette " + (message.startsWith(name) ? message : name + message), e);
    }
  }

  void apply(EncodeOptions.Builder builder, @Nullable Palette given) {
    builder.dither(dither);
    if (given != null) {
      builder.palette(given);
    }
    if (targetPsnr != null) {
      builder.targetPsnr(targetPsnr);
    }
    if (targetBytes != null) {
      builder.targetBytes(targetBytes);
    }
    if (maxError != null) {
      builder.maxError(maxError);
    }
  }
}
