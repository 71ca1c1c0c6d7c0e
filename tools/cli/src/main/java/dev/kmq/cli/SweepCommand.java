package dev.kmq.cli;

import dev.kmq.cli.file.AtomicFile;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import dev.kmq.cli.file.StandardStreams;
import dev.kmq.cli.picture.Picture;
import dev.kmq.cli.picture.PictureReader;
import dev.kmq.cli.report.SweepPage;
import dev.kmq.image.Dither;
import dev.kmq.image.Metric;
import java.io.ByteArrayOutputStream;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares sizes and quality of images at several K. */
@Command(
    name = "sweep",
    description = "Compare sizes and quality of images at several numbers of colours.",
    footer = ExitCodes.FOOTER)
final class SweepCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin EncodingOptions encoding = new EncodingOptions();

  @Option(
      names = "--method",
      paramLabel = "METHOD,...",
      split = ",",
      converter = MethodName.Converter.class,
      description = "Methods: rans (default), mix, deflate, packed, auto; repeatable.")
  List<MethodName> methods = new ArrayList<>();

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
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write a page: images, slider, plot, palettes.")
  @Nullable String report;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the files of --csv and --report.")
  boolean force;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    encoding.check();
    jobs.check();
    List<MethodName> compared =
        methods.isEmpty() ? List.of(MethodName.RANS) : methods.stream().distinct().toList();
    List<Integer> sizes = ColorCounts.parse(colors);
    for (int k : sizes) {
      compared.forEach(method -> settings().options(k, method, Metric.RGB).build());
    }
    if (csv != null && !StandardStreams.isOutput(csv) && StandardStreams.isTerminal(csv)) {
      throw new UsageException("--csv " + csv + " is a terminal; use a file, a pipe, or -");
    }
    SideFile page = SideFile.of("--report", report, ".html", ".htm");
    Reporter<SweepRow> reporter =
        new Reporter<>(
            SweepRow.class,
            Reporter.Outputs.NONE,
            reports,
            kmq.terminal,
            StandardStreams.isTaken(csv));
    List<Outcome<SweepRow>> rows = new ArrayList<>();
    PictureReader reader = encoding.reader(inputs.limits(), false);
    try (Inputs found = inputs.find(kmq.terminal, PictureReader.suffixes())) {
      if (csv != null && !StandardStreams.isOutput(csv)) {
        found.checkOutput(Path.of(csv), force);
        if (page != null && AtomicFile.identity(Path.of(csv)).equals(page.identity())) {
          throw new UsageException("--csv and --report name the same file, " + csv);
        }
      }
      if (page != null) {
        found.checkOutput(page.path(), force);
        if (found.found().size() > 1) {
          throw new UsageException(
              "--report shows one image, not %d; run sweep for each of them"
                  .formatted(found.found().size()));
        }
      }
      for (Inputs.Found one : found.found()) {
        sweep(one, reader, sizes, compared, page, reporter, rows);
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
      List<MethodName> compared,
      @Nullable SideFile file,
      Reporter<SweepRow> reporter,
      List<Outcome<SweepRow>> rows)
      throws IOException {
    try (Input input = found.orThrow()) {
      Picture picture = reader.read(input);
      boolean toSrgb = encoding.source.toSrgb;
      if (file != null && picture.hasProfile()) {
        // Pages are in sRGB.
        picture = encoding.reader(inputs.limits(), true).read(input);
        toSrgb = true;
      }
      long bytes = input.size();
      input.release();
      SweepPage page =
          file == null
              ? null
              : new SweepPage(Printable.line(input.name()), bytes, picture.pixels());
      Sweep sweep = new Sweep(settings(), picture, bytes);
      boolean several = compared.size() > 1;
      boolean first = true;
      for (int k : sizes) {
        Sweep.Indexed indexed = null;
        for (MethodName method : compared) {
          // With --rdo, the indices depend on the method.
          boolean shared = indexed != null && encoding.rdo == null;
          indexed = shared && indexed != null ? indexed : sweep.indexed(k, method);
          ByteArrayOutputStream content = page == null ? null : new ByteArrayOutputStream();
          SweepRow row =
              sweep.write(
                  indexed, method, content == null ? OutputStream.nullOutputStream() : content);
          if (page != null && content != null) {
            if (!shared) {
              String name =
                  "K = " + k + (encoding.rdo != null && several ? ", " + method.name() : "");
              page.add(
                  new SweepPage.Indexed(name, k, row.colors(), row.pngBytes(), indexed.measures()));
            }
            page.add(
                new SweepPage.Row(row.method(), row.bytes(), line(input, k, method, toSrgb)),
                content.toByteArray());
          }
          List<String> warnings = new ArrayList<>(shared ? List.of() : sweep.warnings(indexed));
          List<String> lines = new ArrayList<>();
          if (first) {
            warnings.addAll(picture.warnings());
            boolean rgbByDefault = encoding.quantize.metric == null && sweep.metric() == Metric.RGB;
            lines.add(title(input.name(), bytes, picture, rgbByDefault));
            lines.add(SweepRow.heading(several));
            first = false;
          }
          lines.add(row.line(several, picture.reduction() != null));
          Outcome<SweepRow> outcome = Outcome.done(input.name(), warnings, row, lines);
          reporter.report(outcome);
          rows.add(outcome);
        }
      }
      if (file != null && page != null) {
        file.write(force, reporter, out -> page.writeTo(out, jobs.jobs));
      }
    } catch (Throwable e) {
      Outcome<SweepRow> failed = Outcome.failed(found.name(), List.of(), null, e);
      reporter.report(failed);
      rows.add(failed);
    }
  }

  private Sweep.Settings settings() {
    return new Sweep.Settings(encoding, dither, jobs.jobs);
  }

  private @Nullable String line(Input input, int k, MethodName method, boolean toSrgb) {
    return EncodeLine.of(spec.commandLine().getParseResult(), input, k, method, toSrgb);
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

  private void writeCsv(String file, String table, Reporter<SweepRow> reporter) throws IOException {
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
