package dev.kmq.cli;

import dev.kmq.cli.file.FailedInput;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import dev.kmq.cli.file.Output;
import dev.kmq.cli.file.StandardStreams;
import dev.kmq.cli.picture.MetadataPolicy;
import dev.kmq.cli.picture.PictureWriter;
import dev.kmq.cli.picture.Profiles;
import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.imageio.IccProfile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/** {@code .kmq} to PNG and other formats. */
@Command(
    name = "decode",
    description =
        ".kmq to PNG, indexed up to 256 colours with palette and index order kept, or to the"
            + " format that the output's suffix names.")
final class DecodeCommand implements Callable<Integer> {
  /** Names of palettes that a message lists. */
  private static final int LISTED_NAMES = 20;

  private static final String[] KEYS = {
    "output",
    "width",
    "height",
    "colors",
    "method",
    "bytes",
    "bitsPerPixel",
    "mse",
    "psnr",
    "millis",
    "quantizeMillis"
  };

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin OutputOptions outputs = new OutputOptions();
  @Mixin JobOptions jobs = new JobOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = "--region",
      paramLabel = "X,Y,W,H",
      converter = Region.Converter.class,
      description = "Only this part; tiles that it does not touch are not decoded.")
  @Nullable Region region;

  @Option(
      names = "--format",
      paramLabel = "SUFFIX",
      description = "Format of outputs that -o does not name (default: png).")
  @Nullable String format;

  @Option(
      names = "--metadata",
      paramLabel = "none|color|all",
      description =
          "Write no metadata and convert to sRGB; write the colour profile (default); or write"
              + " profile, resolution, texts and Exif. Formats other than PNG get sRGB alone.")
  MetadataPolicy metadata = MetadataPolicy.COLOR;

  @Option(
      names = "--palette-name",
      paramLabel = "NAME",
      description =
          "Show the picture by its further palette of this name (pALT) instead of its own; 'kmq info'"
              + " lists the names.")
  @Nullable String paletteName;

  /**
   * A part of a picture, in pixels.
   *
   * @param x left edge
   * @param y upper edge
   * @param width at least 1
   * @param height at least 1
   */
  record Region(int x, int y, int width, int height) {
    static final class Converter implements ITypeConverter<Region> {
      @Override
      public Region convert(String value) {
        if (!value.matches("(\\d{1,9},){3}\\d{1,9}")) {
          throw new TypeConversionException("'" + value + "' is not X,Y,W,H in pixels");
        }
        String[] parts = value.split(",", -1);
        Region region =
            new Region(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
        if (region.width < 1 || region.height < 1) {
          throw new TypeConversionException("a region is at least 1 pixel wide and high");
        }
        return region;
      }
    }
  }

  @Override
  public Integer call() throws IOException {
    jobs.check();
    String suffix = suffix();
    if (suffix.equals(Format.SUFFIX)) {
      throw new UsageException(
          "decode writes images of other formats; encode writes ." + Format.SUFFIX);
    }
    if (!PictureWriter.suffixes().contains(suffix)) {
      throw new UsageException(
          "no format ."
              + suffix
              + " can be written, but: "
              + String.join(", ", PictureWriter.suffixes()));
    }
    try (Inputs found = inputs.find(kmq.terminal, Set.of(Format.SUFFIX))) {
      return new Delivery(kmq.terminal, found, outputs, jobs, reports, KEYS)
          .run(suffix, new Decoding(suffix));
    }
  }

  /** What is done with each input. */
  private final class Decoding implements Delivery.Verb {
    private final String suffix;

    Decoding(String suffix) {
      this.suffix = suffix;
    }

    @Override
    public void run(Input input, Output output, int threads, Outcome outcome) throws IOException {
      decode(input, output, suffix, threads, outcome);
    }

    @Override
    public void precheck(Input input) throws IOException {
      open(input, DecodeOptions.builder().limits(inputs.limits()).build()).close();
    }
  }

  private String suffix() {
    String file = outputs.file;
    String named = format == null ? null : format.toLowerCase(Locale.ROOT);
    if (file == null || outputs.toArchive() || StandardStreams.isOutput(file)) {
      return named == null ? "png" : named;
    }
    return named == null ? OutputOptions.suffix(file) : named;
  }

  private void decode(Input input, Output output, String suffix, int threads, Outcome outcome)
      throws IOException {
    long start = System.nanoTime();
    DecodeOptions options =
        DecodeOptions.builder().limits(inputs.limits()).threads(threads).build();
    try (KmqReader reader = open(input, options)) {
      IndexedImage image = shown(read(reader), reader);
      Header header = reader.header();
      DecodedPicture picture =
          DecodedPicture.of(image, header, reader.chunks(), metadata, suffix.equals("png"));
      outcome.warn(picture.warnings());
      CountingOutput counter = new CountingOutput();
      outcome.content(
          outputs.write(
              input,
              output,
              out -> {
                counter.target(out);
                PictureWriter.write(picture.image(), picture.chunks(), suffix, counter);
              }));
      report(outcome, image, header, counter.count(), EncodeCommand.millisSince(start));
    }
  }

  /** From a channel where there is a file, so that tiles that are not needed are not read. */
  private static KmqReader open(Input input, DecodeOptions options) throws IOException {
    Path path = input.path();
    if (path == null) {
      return KmqReader.open(new BufferedInputStream(input.open(), 1 << 16), options);
    }
    FileChannel channel = FileChannel.open(path);
    try {
      return KmqReader.open(channel, options);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private IndexedImage read(KmqReader reader) throws IOException {
    Region part = region;
    if (part == null) {
      IndexedImage image = reader.readImage();
      reader.expectEnd();
      return image;
    }
    Header header = reader.header();
    if ((long) part.x + part.width > header.width()
        || (long) part.y + part.height > header.height()) {
      throw new FailedInput(
          "region %d,%d,%d,%d leaves the picture of %dx%d"
              .formatted(part.x, part.y, part.width, part.height, header.width(), header.height()));
    }
    IndexPlane plane = IndexPlane.allocate(part.width, part.height, header.colors());
    reader.readRegion(part.x, part.y, plane);
    return new IndexedImage(header.palette(), plane);
  }

  private IndexedImage shown(IndexedImage image, KmqReader reader) throws IOException {
    if (paletteName == null) {
      return image;
    }
    Map<String, Palette> palettes = reader.alternativePalettes();
    Palette palette = palettes.get(paletteName);
    if (palette == null) {
      throw new FailedInput(
          "no palette is named '%s'; %s"
              .formatted(
                  Printable.line(paletteName),
                  palettes.isEmpty()
                      ? "there is none beside the picture's own"
                      : "there are: " + names(palettes)));
    }
    return image.withPalette(palette);
  }

  /** The first names; a file may have tens of thousands. */
  private static String names(Map<String, Palette> palettes) {
    String first =
        palettes.keySet().stream()
            .limit(LISTED_NAMES)
            .map(Printable::line)
            .collect(Collectors.joining(", "));
    int more = palettes.size() - LISTED_NAMES;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private static void report(
      Outcome outcome, IndexedImage image, Header header, long bytes, double millis) {
    double bitsPerPixel = 8.0 * bytes / ((double) image.width() * image.height());
    outcome.put("width", image.width());
    outcome.put("height", image.height());
    outcome.put("colors", image.palette().size());
    outcome.put("method", header.method().label());
    outcome.put("bytes", bytes);
    outcome.put("bitsPerPixel", bitsPerPixel);
    outcome.put("millis", millis);
    outcome.text(
        String.format(
            Locale.ROOT,
            "%s -> %s  %dx%d  K = %d  %,d bytes  %.0f ms",
            outcome.input(),
            outcome.facts().get("output"),
            image.width(),
            image.height(),
            image.palette().size(),
            bytes,
            millis));
  }

  /** What of a file goes into the output. */
  private record DecodedPicture(IndexedImage image, List<Chunk> chunks, List<String> warnings) {
    static DecodedPicture of(
        IndexedImage image, Header header, List<Chunk> chunks, MetadataPolicy policy, boolean png) {
      List<String> warnings = new ArrayList<>();
      IccProfile profile = Profiles.of(header, chunks, warnings);
      boolean kept = profile != null && png && policy != MetadataPolicy.NONE;
      List<Chunk> written =
          chunks.stream()
              .filter(c -> c.type().equals(Chunk.ICCP) ? kept : policy == MetadataPolicy.ALL)
              .toList();
      return new DecodedPicture(
          profile == null || kept ? image : profile.toSrgb(image), written, warnings);
    }
  }
}
