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
import dev.kmq.cli.picture.Quality;
import dev.kmq.container.Header;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A picture at several K: sizes and quality. */
@Command(
    name = "sweep",
    description = "Sizes and quality of pictures at several numbers of colours; writes no picture.")
final class SweepCommand implements Callable<Integer> {
  private static final String[] KEYS = {
    "originalBytes",
    "width",
    "height",
    "k",
    "colors",
    "method",
    "bytes",
    "bitsPerPixel",
    "pngBytes",
    "mse",
    "psnr",
    "ssim",
    "maxError",
    "quantizeMillis"
  };

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin EncodingOptions encoding = new EncodingOptions();

  @Option(
      names = "--dither",
      paramLabel = "none|floyd-steinberg|blue-noise|bayer",
      converter = TargetOptions.DitherName.class,
      description = "How pixels get colours that the palette lacks (default: none).")
  Dither dither = Dither.NONE;

  @Mixin JobOptions jobs = new JobOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = {"-k", "--colors"},
      paramLabel = "K,K,...",
      description =
          "Numbers of colours, 1 to 65536; 2,4,...,256 goes on as it began (default:"
              + " 2,4,8,16,32,64,128,256).")
  String colors = "2,4,...,256";

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write the table as comma-separated values.")
  @Nullable String csv;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the file of --csv if it exists.")
  boolean force;

  @Override
  public Integer call() throws IOException {
    encoding.check();
    jobs.check();
    List<Integer> sizes = ColorCounts.parse(colors);
    sizes.forEach(k -> options(k).build());
    if (csv != null && !StandardStreams.isOutput(csv) && StandardStreams.isTerminal(csv)) {
      throw new UsageException("--csv " + csv + " is a terminal; use a file, a pipe or -");
    }
    Batch batch =
        new Batch(
            reports,
            kmq.terminal,
            csv != null && (StandardStreams.isOutput(csv) || StandardStreams.isPipe(csv)));
    List<Outcome> rows = new ArrayList<>();
    PictureReader reader = encoding.reader(inputs.limits(), false);
    try (Inputs found = inputs.find(kmq.terminal, PictureReader.suffixes())) {
      for (Inputs.Found one : found.found()) {
        sweep(one, reader, sizes, batch, rows);
      }
    }
    if (csv != null && !rows.isEmpty()) {
      writeCsv(csv, rows, batch);
    }
    return batch.exitCode();
  }

  private void sweep(
      Inputs.Found found,
      PictureReader reader,
      List<Integer> sizes,
      Batch batch,
      List<Outcome> rows)
      throws IOException {
    Input input = found.input();
    try {
      if (input == null) {
        throw Objects.requireNonNull(found.failure());
      }
      Picture picture = reader.read(input);
      boolean first = true;
      for (int k : sizes) {
        Outcome row = row(input, picture, k);
        if (first) {
          row.warn(picture.warnings());
          List<String> lines = heading(input, picture);
          lines.addAll(row.text());
          row.text(lines);
        }
        first = false;
        batch.report(row);
        rows.add(row);
      }
    } catch (Throwable e) {
      Outcome failed = new Outcome(found.name(), KEYS);
      failed.fail(e);
      batch.report(failed);
    } finally {
      if (input != null) {
        input.release();
      }
    }
  }

  private EncodeOptions.Builder options(int k) {
    return encoding.builder(jobs.jobs).palette(encoding.quantize.computed(k)).dither(dither);
  }

  private Outcome row(Input input, Picture picture, int k) throws IOException {
    KmqEncoder encoder = new KmqEncoder(options(k).chunks(picture.chunks()).build());
    long start = System.nanoTime();
    IndexedImage image = encoder.quantize(picture.pixels());
    double millis = EncodeCommand.millisSince(start);
    CountingOutput counter = new CountingOutput();
    Header header = encoder.write(image, counter);
    Quality quality = Quality.of(picture.pixels(), image.pixels());
    long png = PictureWriter.pngBytes(image);
    double bitsPerPixel = 8.0 * counter.count() / ((double) image.width() * image.height());
    Outcome row = new Outcome(input.name(), KEYS);
    if (!encoding.quantize.keepColors.isEmpty()) {
      row.warn(AlphaWarnings.of(picture.pixels(), image.palette()));
    }
    row.put("originalBytes", input.size());
    row.put("width", image.width());
    row.put("height", image.height());
    row.put("k", k);
    row.put("colors", image.palette().size());
    row.put("method", header.method().label());
    row.put("bytes", counter.count());
    row.put("bitsPerPixel", bitsPerPixel);
    row.put("pngBytes", png);
    row.put("mse", quality.error().mse());
    row.put("psnr", quality.error().psnr());
    row.put("ssim", quality.ssim());
    row.put("maxError", quality.error().maxError());
    row.put("quantizeMillis", millis);
    row.text(
        String.format(
            Locale.ROOT,
            "%6d %11d %6.2f %8.1f%% %11d %10.2f %8s %7.4f %7.0f",
            image.palette().size(),
            counter.count(),
            bitsPerPixel,
            100.0 * counter.count() / input.size(),
            png,
            quality.error().mse(),
            quality.error().mse() == 0
                ? picture.reduction() == null ? "exact" : "inf"
                : String.format(Locale.ROOT, "%.2f", quality.error().psnr()),
            quality.ssim(),
            millis));
    return row;
  }

  private static List<String> heading(Input input, Picture picture) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s  %dx%d  %,d bytes%s",
            input.name(),
            picture.width(),
            picture.height(),
            input.size(),
            picture.reduction() == null ? "" : "  after " + picture.reduction()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%6s %11s %6s %9s %11s %10s %8s %7s %7s",
            "K",
            "bytes",
            "bits/px",
            "original",
            "PNG bytes",
            "mse",
            "PSNR dB",
            "SSIM",
            "ms"));
    return lines;
  }

  private void writeCsv(String file, List<Outcome> rows, Batch batch) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(String.join(",", rows.get(0).facts().keySet())).append("\r\n");
    for (Outcome row : rows) {
      List<String> cells = new ArrayList<>();
      for (Object value : row.facts().values()) {
        cells.add(cell(value));
      }
      text.append(String.join(",", cells)).append("\r\n");
    }
    if (StandardStreams.isOutput(file)) {
      PrintStream out = kmq.terminal.out();
      if (kmq.terminal.outputIsTerminal()) {
        text.toString().lines().map(Printable::line).forEach(out::println);
      } else {
        out.print(text);
      }
      return;
    }
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(Path.of(file), force, null, out -> out.write(bytes));
    } catch (IOException | InvalidPathException e) {
      Outcome failed = new Outcome(file);
      failed.fail(e);
      batch.report(failed);
    }
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text =
        value instanceof List<?> list
            ? list.stream().map(String::valueOf).collect(Collectors.joining("; "))
            : value.toString();
    return text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
