package dev.kmq.cli;

import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.file.StandardStreams;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.imageio.IccProfile;
import dev.kmq.picture.KmqRows;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureWriter;
import dev.kmq.picture.Profiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.commons.io.output.CountingOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/** Decodes {@code .kmq} to PNG and other formats. */
@Command(
    name = "decode",
    description = {
      "Decode .kmq files to PNG or other formats.",
      "PNG output is indexed, with up to 256 colours."
    },
    footer = ExitCodes.FOOTER)
final class DecodeCommand implements Callable<Integer> {
  /** The report on an output; {@code mse}, {@code psnr} and {@code quantizeMillis} are null. */
  record Report(
      long inputBytes,
      int width,
      int height,
      int colors,
      String method,
      long bytes,
      double bitsPerPixel,
      @Nullable Double mse,
      @Nullable Double psnr,
      double millis,
      @Nullable Double quantizeMillis)
      implements Reporter.Sized {
    static Report of(long inputBytes, IndexSource image, Header header, long bytes, double millis) {
      int width = image.width();
      int height = image.height();
      double bitsPerPixel = 8.0 * bytes / ((double) width * height);
      int colors = image.palette().size();
      String method = header.method().label();
      return new Report(
          inputBytes, width, height, colors, method, bytes, bitsPerPixel, null, null, millis, null);
    }

    String details() {
      return String.format(
          Locale.ROOT,
          "%dx%d, %s, %.2f bits/pixel, %.0f ms",
          width,
          height,
          method,
          bitsPerPixel,
          millis);
    }
  }

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
      description = "Decode only this part, in pixels.")
  @Nullable Region region;

  @Option(
      names = "--format",
      paramLabel = "SUFFIX",
      description = "Format of outputs whose name gives none (default: png).")
  @Nullable String format;

  @Option(
      names = "--metadata",
      paramLabel = "LEVEL",
      description =
          "none (converts to sRGB), color (default: the profile) or all. "
              + "Formats other than PNG are always in sRGB.")
  MetadataPolicy metadata = MetadataPolicy.COLOR;

  @Option(
      names = "--palette-name",
      paramLabel = "NAME",
      description = "Use an alternative palette (see 'kmq info').")
  @Nullable String paletteName;

  /**
   * A part of an image, in pixels.
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
          throw new TypeConversionException("a region must be at least 1 pixel wide and high");
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
      throw new UsageException("decode writes other formats; encode writes ." + Format.SUFFIX);
    }
    if (!PictureWriter.suffixes().contains(suffix)) {
      throw new UsageException(
          "format ."
              + suffix
              + " cannot be written; use one of: "
              + String.join(", ", PictureWriter.formats()));
    }
    try (Inputs found = inputs.find(kmq.terminal, Set.of(Format.SUFFIX))) {
      Delivery<Report> delivery =
          new Delivery<>(Report.class, kmq.terminal, outputs, jobs, reports);
      ReportLine line = delivery.line(found);
      return delivery.run(found, suffix, job -> decode(job, found, suffix, line));
    }
  }

  private String suffix() {
    String file = outputs.file;
    String wanted = format == null ? null : format.toLowerCase(Locale.ROOT);
    if (file == null || outputs.toArchive() || StandardStreams.isOutput(file)) {
      return wanted == null ? "png" : wanted;
    }
    String named = OutputOptions.suffix(file);
    if (wanted == null) {
      return named;
    }
    if (outputs.namesFormat() && !PictureWriter.sameFormat(named, wanted)) {
      throw new UsageException("--format " + format + " contradicts --output " + file);
    }
    return wanted;
  }

  private Outcome<Report> decode(Job job, Inputs all, String suffix, ReportLine line)
      throws IOException {
    Outcome<Report> settled = settled(job, all);
    if (settled != null) {
      return settled;
    }
    long start = System.nanoTime();
    DecodeOptions options =
        DecodeOptions.builder().limits(inputs.limits()).threads(job.threads()).build();
    try (KmqReader reader = KmqInput.tiles(job.input(), options)) {
      IndexSource image = read(reader, job.input(), options);
      job.progress().image(image.width(), image.height());
      if (paletteName != null) {
        image = image.withPalette(reader.alternativePalette(paletteName));
      }
      Header header = reader.header();
      DecodedPicture picture =
          DecodedPicture.of(image, header, reader.chunks(), metadata, suffix.equals("png"));
      job.warnings().addAll(picture.warnings());
      long[] bytes = {0};
      byte[] content =
          outputs.write(
              job,
              out -> {
                CountingOutputStream counted = new CountingOutputStream(out);
                PictureWriter.write(picture.image(), picture.chunks(), suffix, counted);
                bytes[0] = counted.getByteCount();
              });
      long inputBytes = job.input().size();
      Report report =
          Report.of(inputBytes, image, header, bytes[0], EncodeCommand.millisSince(start));
      List<String> lines = new ArrayList<>();
      String more = suffix + ", " + Outcome.count(report.colors, "colour");
      lines.add(line.of(job.input().name(), inputBytes, bytes[0], more));
      if (reports.verbose) {
        lines.add("  -> " + job.target().name());
        lines.add("  " + report.details());
      }
      return Outcome.done(job.input().name(), job.warnings(), report, lines)
          .to(job.target(), content);
    }
  }

  /** Damage of the input is reported rather than an output that cannot be replaced. */
  private @Nullable Outcome<Report> settled(Job job, Inputs all) throws IOException {
    try {
      return outputs.settled(job, all);
    } catch (FileAlreadyExistsException | FailedInput e) {
      KmqInput.tiles(job.input(), DecodeOptions.builder().limits(inputs.limits()).build()).close();
      throw e;
    }
  }

  private IndexSource read(KmqReader reader, Input input, DecodeOptions options)
      throws IOException {
    Region part = region;
    if (part == null && Picture.isLarge(reader.header())) {
      return KmqRows.of(reader, input, options);
    }
    if (part == null) {
      IndexedImage image = reader.readImage();
      reader.expectEnd();
      return image;
    }
    Header header = reader.header();
    if ((long) part.x + part.width > header.width()
        || (long) part.y + part.height > header.height()) {
      throw new FailedInput(
          "region %d,%d,%d,%d exceeds the image of %dx%d"
              .formatted(part.x, part.y, part.width, part.height, header.width(), header.height()));
    }
    IndexPlane plane = IndexPlane.allocate(part.width, part.height, header.colors());
    reader.readRegion(part.x, part.y, plane);
    return new IndexedImage(header.palette(), plane);
  }

  /** The parts of a file that are written. */
  private record DecodedPicture(IndexSource image, List<Chunk> chunks, List<String> warnings) {
    static DecodedPicture of(
        IndexSource image, Header header, List<Chunk> chunks, MetadataPolicy policy, boolean png) {
      List<String> warnings = new ArrayList<>();
      IccProfile profile = Profiles.of(header, chunks, warnings);
      boolean kept = profile != null && png && policy != MetadataPolicy.NONE;
      List<Chunk> written =
          chunks.stream()
              .filter(c -> c.type().equals(Chunk.ICCP) ? kept : policy == MetadataPolicy.ALL)
              .toList();
      return new DecodedPicture(
          profile == null || kept ? image : image.withPalette(profile.toSrgb(image.palette())),
          written,
          warnings);
    }
  }
}
