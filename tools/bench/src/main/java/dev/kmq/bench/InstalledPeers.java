package dev.kmq.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Programs that figures are compared with, where they are installed. */
enum InstalledPeers {
  PNGQUANT(
      "pngquant",
      List.of("--version"),
      List.of(
          "pngquant --speed 1: pngquant --nofs --speed 1 --force -o {out} {k} {in}",
          "pngquant --speed 3: pngquant --nofs --speed 3 --force -o {out} {k} {in}"),
      List.of("pngquant: pngquant --force -o {out} {k} {in}"),
      List.of(),
      List.of(),
      List.of("pngquant: pngquant --force -o {out} 256 {in}")),
  IMAGEMAGICK(
      "convert",
      List.of("-version"),
      List.of("ImageMagick: convert {in} +dither -colors {k} {out}"),
      List.of("ImageMagick: convert {in} -colors {k} png:{out}"),
      List.of(),
      List.of(),
      List.of()),
  ZOPFLIPNG(
      "zopflipng",
      List.of(), // it reports none
      List.of(),
      List.of(),
      List.of("zopflipng --iterations=5: zopflipng -y --iterations=5 --filters=0 {in} {out}"),
      List.of(),
      List.of()),
  OXIPNG(
      "oxipng",
      List.of("--version"),
      List.of(),
      List.of(),
      List.of("oxipng -o max: oxipng -q -o max --out {out} {in}"),
      List.of(),
      List.of()),
  CWEBP(
      "cwebp",
      List.of("-version"),
      List.of(),
      List.of(),
      List.of("cwebp -lossless -z 9 -m 6: cwebp -quiet -lossless -z 9 -m 6 {in} -o {out}"),
      List.of(),
      List.of()),
  CJXL(
      "cjxl",
      List.of("--version"),
      List.of(),
      List.of(),
      List.of(
          "cjxl -d 0 -e 7: cjxl --quiet -d 0 -e 7 --num_threads=0 {in} {out}",
          "cjxl -d 0 -e 9: cjxl --quiet -d 0 -e 9 --num_threads=0 {in} {out}"),
      List.of(),
      List.of()),
  DJXL(
      "djxl",
      List.of("--version"),
      List.of(),
      List.of(),
      List.of(),
      List.of(
          "djxl, -e 7: cjxl --quiet -d 0 -e 7 {in} {out}"
              + " => djxl {out} --num_threads=1 --num_reps={n}"),
      List.of());

  /** The name of the program. */
  final String program;

  private final List<String> version;

  /** Computing palettes without dithering, for {@link PaletteFigures}. */
  final List<String> palettes;

  /** Computing palettes as the program does by default, for {@link LooksFigures}. */
  final List<String> looks;

  /** Coding indices, for {@link SizeFigures}. */
  final List<String> sizes;

  /** Decoding, for {@link RateFigures}. */
  final List<String> rates;

  /** Whole commands, for {@link StartFigures}. */
  final List<String> start;

  InstalledPeers(
      String program,
      List<String> version,
      List<String> palettes,
      List<String> looks,
      List<String> sizes,
      List<String> rates,
      List<String> start) {
    this.program = program;
    this.version = version;
    this.palettes = palettes;
    this.looks = looks;
    this.sizes = sizes;
    this.rates = rates;
    this.start = start;
  }

  /** Whether a folder of {@code PATH} has the program. */
  boolean isInstalled() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** Commands of all installed programs as arguments, each after {@code --peer}. */
  static List<String> arguments(Function<InstalledPeers, List<String>> commands) {
    List<String> arguments = new ArrayList<>();
    for (InstalledPeers peer : values()) {
      if (peer.isInstalled()) {
        commands.apply(peer).forEach(command -> arguments.addAll(List.of("--peer", command)));
      }
    }
    return arguments;
  }

  /** A line of Markdown for each program: its version, or that it is not installed. */
  static List<String> versions() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (InstalledPeers peer : values()) {
      String version = "not installed";
      if (peer.isInstalled()) {
        version = peer.version().orElse("installed; it reports no version");
      }
      lines.add("- " + peer.program + ": " + version);
    }
    return lines;
  }

  /**
   * The first line of what the program prints about its version, or empty if it has no such option.
   */
  Optional<String> version() throws IOException, InterruptedException {
    if (version.isEmpty()) {
      return Optional.empty();
    }
    ProcessBuilder builder = new ProcessBuilder(program, version.get(0));
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .map(line -> line.replaceFirst(" https?:.*", ""));
  }
}
