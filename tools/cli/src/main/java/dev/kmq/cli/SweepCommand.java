package dev.kmq.cli;

import dev.kmq.cli.report.SweepPage;
import dev.kmq.file.AtomicFile;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.file.StandardStreams;
import dev.kmq.image.Dither;
import dev.kmq.image.Metric;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import java.io.IOException;
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
    description = "Compare sizes and quality at several numbers of colours.",
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
      hideParamSyntax = true,
      split = ",",
      converter = MethodName.Converter.class,
      description = "rans (default), mix, deflate, packed, auto; or several.")
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
      description = "Write an HTML page that shows one image at each K.")
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
        methods.isEmpty()
            ? List.of(MethodName.standard(encoding.maxDecodingCost))
            : methods.stream().distinct().toList();
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
      Run run = new Run(sizes, compared, page, reporter, rows);
      for (Inputs.Found one : found.found()) {
        sweep(one, reader, run);
      }
    }
    if (csv != null && !rows.isEmpty()) {
      writeCsv(csv, reporter.csv(rows), reporter);
    }
    return reporter.exitCode();
  }

  /** What is made of every input, and where it goes. */
  private record Run(
      List<Integer> sizes,
      List<MethodName> methods,
      @Nullable SideFile page,
      Reporter<SweepRow> reporter,
      List<Outcome<SweepRow>> rows) {
    boolean several() {
      return methods.size() > 1;
    }

    void report(Outcome<SweepRow> row) throws IOException {
      reporter.report(row);
      rows.add(row);
    }
  }

  private void sweep(Inputs.Found found, PictureReader reader, Run run) throws IOException {
    try (Input input = found.orThrow()) {
      Picture picture = reader.read(input);
      boolean toSrgb = encoding.source.toSrgb;
      if (run.page != null && picture.hasProfile()) {
        // Pages are in sRGB.
        picture = encoding.reader(inputs.limits(), true).read(input);
        toSrgb = true;
      }
      long bytes = input.size();
      input.release();
      if (run.page != null && picture.isLarge()) {
        throw new FailedInput(
            "too large for --report: a page holds images of up to %,d pixels"
                .formatted(Picture.MOST_IN_MEMORY));
      }
      SweepPage page =
          run.page == null
              ? null
              : new SweepPage(Printable.line(input.name()), bytes, picture.pixels());
      rows(input, picture, new Sweep(settings(), picture, bytes), bytes, toSrgb, page, run);
      if (run.page != null && page != null) {
        run.page.write(force, run.reporter, out -> page.writeTo(out, jobs.jobs));
      }
    } catch (Throwable e) {
      run.report(Outcome.failed(found.name(), List.of(), null, e));
    }
  }

  private void rows(
      Input input,
      Picture picture,
      Sweep sweep,
      long inputBytes,
      boolean toSrgb,
      @Nullable SweepPage page,
      Run run)
      throws IOException {
    boolean first = true;
    for (int k : run.sizes) {
      Sweep.Indexed indexed = null;
      try {
        for (MethodName method : run.methods) {
          List<String> warnings = new ArrayList<>();
          // With --rdo, the indices depend on the method.
          if (indexed == null || encoding.rdo != null) {
            if (indexed != null) {
              indexed.close();
            }
            indexed = sweep.indexed(k, method);
            warnings.addAll(sweep.warnings(indexed));
            if (page != null) {
              page.add(
                  indexed.forPage(encoding.rdo != null && run.several() ? method : null),
                  jobs.jobs);
            }
          }
          SweepRow row = sweep.encode(indexed, method);
          if (page != null) {
            String command =
                EncodeLine.of(spec.commandLine().getParseResult(), input, k, method, toSrgb);
            page.add(new SweepPage.Row(row.method(), row.bytes(), command));
          }
          List<String> lines = new ArrayList<>();
          if (first) {
            warnings.addAll(picture.warnings());
            boolean rgbByDefault =
                encoding.quantize.metric == null && indexed.metric() == Metric.RGB;
            lines.add(title(input.name(), inputBytes, picture, rgbByDefault));
            lines.add(SweepRow.heading(run.several()));
            first = false;
          }
          lines.add(row.line(run.several(), picture.reduction() != null));
          run.report(Outcome.done(input.name(), warnings, row, lines));
        }
      } finally {
        if (indexed != null) {
          indexed.close();
        }
      }
    }
  }

  private Sweep.Settings settings() {
    return new Sweep.Settings(encoding, dither, jobs.jobs);
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
