package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.cli.file.AtomicFile;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import dev.kmq.cli.file.StandardStreams;
import dev.kmq.cli.picture.Picture;
import dev.kmq.cli.picture.PictureReader;
import dev.kmq.cli.picture.PictureWriter;
import dev.kmq.container.Header;
import dev.kmq.image.AlphaLoss;
import dev.kmq.image.ColorError;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import dev.kmq.metrics.Ssim;
import dev.kmq.metrics.Ssimulacra2;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.io.output.CountingOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Compares sizes and quality of images at several K. */
@Command(
    name = "sweep",
    description = "Compare sizes and quality of images at several numbers of colours.",
    footer = ExitCodes.FOOTER)
final class SweepCommand implements Callable<Integer> {
  /**
   * The report on one K.
   *
   * @param originalBytes size of the input
   * @param k requested number of colours
   * @param colors number of colours of the palette
   * @param metric of the palette
   */
  record Report(
      long originalBytes,
      int width,
      int height,
      int k,
      int colors,
      String metric,
      String method,
      long bytes,
      double bitsPerPixel,
      long pngBytes,
      double mse,
      double psnr,
      double ssim,
      double ssimulacra2,
      double maxError,
      double quantizeMillis) {
    static final String HEADING =
        String.format(
            Locale.ROOT,
            "%6s %11s %6s %9s %11s %10s %8s %7s %11s %7s",
            "K",
            "bytes",
            "bits/px",
            "original",
            "PNG bytes",
            "mse",
            "PSNR dB",
            "SSIM",
            "SSIMULACRA2",
            "ms");

    /** A line of the table; {@code reduced} pixels are never exact. */
    String line(boolean reduced) {
      return String.format(
          Locale.ROOT,
          "%6d %11d %6.2f %8.1f%% %11d %10.2f %8s %7.4f %11.2f %7.0f",
          colors,
          bytes,
          bitsPerPixel,
          100.0 * bytes / originalBytes,
          pngBytes,
          mse,
          mse == 0 ? reduced ? "inf" : "exact" : String.format(Locale.ROOT, "%.2f", psnr),
          ssim,
          ssimulacra2,
          quantizeMillis);
    }
  }

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin EncodingOptions encoding = new EncodingOptions();

  @Option(
      names = "--dither",
      paramLabel = "TYPE",
      converter = TargetOptions.DitherName.class,
      description = "none (default), floyd-steinberg, spatial, blue-noise, bayer.")
  Dither dither = Dither.NONE;

  @Mixin JobOptions jobs = new JobOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = {"-k", "--colors"},
      paramLabel = "K,...",
      description = "Numbers of colours (default: 2,4,...,256).")
  String colors = "2,4,...,256";

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the table as CSV.")
  @Nullable String csv;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the file of --csv.")
  boolean force;

  @Override
  public Integer call() throws IOException {
    encoding.check();
    jobs.check();
    List<Integer> sizes = ColorCounts.parse(colors);
    sizes.forEach(k -> options(k, Metric.RGB).build());
    if (csv != null && !StandardStreams.isOutput(csv) && StandardStreams.isTerminal(csv)) {
      throw new UsageException("--csv " + csv + " is a terminal; use a file, a pipe, or -");
    }
    Reporter<Report> reporter =
        new Reporter<>(
            Report.class,
            Reporter.Outputs.NONE,
            reports,
            kmq.terminal,
            StandardStreams.isTaken(csv));
    List<Outcome<Report>> rows = new ArrayList<>();
    PictureReader reader = encoding.reader(inputs.limits(), false);
    try (Inputs found = inputs.find(kmq.terminal, PictureReader.suffixes())) {
      if (csv != null && !StandardStreams.isOutput(csv)) {
        found.checkOutput(Path.of(csv), force);
      }
      for (Inputs.Found one : found.found()) {
        sweep(one, reader, sizes, reporter, rows);
      }
    }
    if (csv != null && !rows.isEmpty()) {
      writeCsv(csv, reporter.csv(rows), reporter);
    }
    return reporter.exitCode();
  }

  private void sweep(
      Inputs.Found found,
      PictureReader reader,
      List<Integer> sizes,
      Reporter<Report> reporter,
      List<Outcome<Report>> rows)
      throws IOException {
    try (Input input = found.orThrow()) {
      Picture picture = reader.read(input);
      long bytes = input.size();
      input.release();
      boolean first = true;
      for (int k : sizes) {
        Outcome<Report> row = row(input.name(), bytes, picture, k, first);
        first = false;
        reporter.report(row);
        rows.add(row);
      }
    } catch (Throwable e) {
      Outcome<Report> failed = Outcome.failed(found.name(), List.of(), null, e);
      reporter.report(failed);
      rows.add(failed);
    }
  }

  private EncodeOptions.Builder options(int k, Metric metric) {
    return encoding
        .builder(jobs.jobs)
        .palette(encoding.quantize.computed(k))
        .metric(metric)
        .dither(dither);
  }

  private Outcome<Report> row(
      String name, long originalBytes, Picture picture, int k, boolean first) throws IOException {
    Metric metric = encoding.quantize.metric(picture.hasProfile());
    KmqEncoder encoder =
        new KmqEncoder(options(k, metric).chunks(picture.chunksForOtherIndices()).build());
    long start = System.nanoTime();
    IndexedImage image = encoder.quantize(picture.pixels());
    double millis = EncodeCommand.millisSince(start);
    CountingOutputStream counter = new CountingOutputStream(OutputStream.nullOutputStream());
    Header header = encoder.write(image, counter);
    PixelSource original = picture.pixels();
    PixelSource result = image.pixels();
    ColorError error = ColorError.of(original, result, 0);
    List<String> warnings = new ArrayList<>();
    if (!encoding.quantize.keepColors.isEmpty()) {
      warnings.addAll(AlphaWarnings.of(AlphaLoss.of(picture.pixels(), image.palette())));
    }
    Report report =
        new Report(
            originalBytes,
            image.width(),
            image.height(),
            k,
            image.palette().size(),
            metric.label(),
            header.method().label(),
            counter.getByteCount(),
            8.0 * counter.getByteCount() / ((double) image.width() * image.height()),
            PictureWriter.pngBytes(image),
            error.mse(),
            error.psnr(),
            Ssim.of(original, result),
            Ssimulacra2.of(original, result, jobs.jobs),
            error.maxError(),
            millis);
    List<String> lines = new ArrayList<>();
    if (first) {
      warnings.addAll(picture.warnings());
      boolean rgbByDefault = encoding.quantize.metric == null && metric == Metric.RGB;
      lines.add(title(name, originalBytes, picture, rgbByDefault));
      lines.add(Report.HEADING);
    }
    lines.add(report.line(picture.reduction() != null));
    return Outcome.done(name, warnings, report, lines);
  }

  private static String title(String name, long bytes, Picture picture, boolean rgbByDefault) {
    return String.format(
        Locale.ROOT,
        "%s  %dx%d  %,d bytes%s%s",
        name,
        picture.width(),
        picture.height(),
        bytes,
        rgbByDefault ? "  in rgb" : "",
        picture.reduction() == null ? "" : "  after " + picture.reduction());
  }

  private void writeCsv(String file, String table, Reporter<Report> reporter) throws IOException {
    if (StandardStreams.isOutput(file)) {
      PrintStream out = kmq.terminal.out();
      if (kmq.terminal.outputIsTerminal()) {
        table.lines().map(Printable::line).forEach(out::println);
      } else {
        out.print(table);
      }
      return;
    }
    try {
      byte[] bytes = table.getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(Path.of(file), force, null, out -> out.write(bytes));
    } catch (IOException | InvalidPathException e) {
      reporter.fail(file, e);
    }
  }
}
