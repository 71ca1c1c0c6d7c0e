package dev.kmq.cli;

import dev.kmq.cli.report.ComparePage;
import dev.kmq.cli.report.ErrorMap;
import dev.kmq.file.AtomicFile;
import dev.kmq.file.FailedInput;
import dev.kmq.file.FileNames;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.file.StandardStreams;
import dev.kmq.image.PixelSource;
import dev.kmq.metrics.Comparison;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import dev.kmq.picture.PictureWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Measures how much two images differ. */
@Command(
    name = "compare",
    description = "Measure how much an image differs from its original.",
    footer = ExitCodes.FOOTER)
final class CompareCommand implements Callable<Integer> {
  /**
   * The report on two images, whose measures are null if they could not be compared.
   *
   * @param a name of the original
   * @param b name of the other image
   * @param psnr in dB, infinite for equal images
   * @param ssim 1 for equal images
   * @param ssimulacra2 100 for equal images
   * @param dssim 0 for equal images
   */
  record Report(
      String a,
      String b,
      @Nullable Double mse,
      @Nullable Double psnr,
      @Nullable Double ssim,
      @Nullable Double ssimulacra2,
      @Nullable Double dssim,
      @Nullable Double maxError)
      implements Reporter.NamesInputs {
    static Report of(String a, String b, Comparison found) {
      return new Report(
          a,
          b,
          found.error().mse(),
          found.error().psnr(),
          found.ssim(),
          found.ssimulacra2(),
          found.dssim(),
          found.error().maxError());
    }
  }

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Parameters(index = "0", paramLabel = "A", description = "The original, or - for stdin.")
  String a = "";

  @Parameters(index = "1", paramLabel = "B", description = "The other image, or - for stdin.")
  String b = "";

  @Option(
      names = "--heatmap",
      paramLabel = "FILE.png",
      description = "Write a map of the errors as an image.")
  @Nullable String heatmap;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write an HTML page that shows both images.")
  @Nullable String report;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the files of --heatmap and --report.")
  boolean force;

  @Mixin LimitOptions limits = new LimitOptions();
  @Mixin JobOptions jobs = new JobOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Override
  public Integer call() throws IOException {
    jobs.check();
    // The measures are of sRGB.
    PictureReader reader = new PictureReader(limits.limits(), MetadataPolicy.NONE, true, null);
    if (StandardStreams.isInput(a) && StandardStreams.isInput(b)) {
      throw new UsageException("standard input can be only one of the two images");
    }
    Reporter<Report> reporter =
        new Reporter<>(Report.class, Reporter.Outputs.NONE, reports, kmq.terminal, false);
    SideFile map = SideFile.of("--heatmap", heatmap, ".png");
    SideFile page = SideFile.of("--report", report, ".html", ".htm");
    for (SideFile file : new SideFile[] {map, page}) {
      if (file != null) {
        check(file);
      }
    }
    compare(reader, map, page, reporter);
    return reporter.exitCode();
  }

  /** Refuses a file that exists, cannot be written, or is one of the two images. */
  private void check(SideFile file) throws IOException {
    for (String input : List.of(a, b)) {
      if (!StandardStreams.isInput(input)
          && AtomicFile.identity(FileNames.ofArgument(input)).equals(file.identity())) {
        throw new FailedInput("output " + file.path() + " is also an input; name another output");
      }
    }
    AtomicFile.check(file.path(), force);
  }

  private void compare(
      PictureReader reader,
      @Nullable SideFile map,
      @Nullable SideFile page,
      Reporter<Report> reporter)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    String both = a + ", " + b;
    String reading = a;
    try {
      Picture original = read(a, reader, warnings);
      reading = b;
      Picture other = read(b, reader, warnings);
      reading = both;
      if (original.width() != other.width() || original.height() != other.height()) {
        throw new FailedInput(
            "the sizes differ: %dx%d and %dx%d pixels; compare images of the same size"
                .formatted(original.width(), original.height(), other.width(), other.height()));
      }
      if (page != null) {
        ComparePage.check(original.pixels());
      }
      Comparison found = Comparison.of(original.pixels(), other.pixels(), jobs.jobs);
      List<String> lines = lines(found, original, map);
      reporter.report(Outcome.done(both, warnings, Report.of(a, b, found), lines));
      write(map, page, original.pixels(), other.pixels(), found, reporter);
    } catch (Throwable e) {
      Report names = new Report(a, b, null, null, null, null, null, null);
      reporter.report(Outcome.failed(reading, warnings, names, e));
    }
  }

  private void write(
      @Nullable SideFile map,
      @Nullable SideFile page,
      PixelSource original,
      PixelSource other,
      Comparison found,
      Reporter<Report> reporter)
      throws IOException {
    if (map != null) {
      map.write(
          force,
          reporter,
          out -> PictureWriter.write(ErrorMap.of(original, other), List.of(), "png", out));
    }
    if (page != null) {
      String first = Printable.line(a);
      String second = Printable.line(b);
      page.write(
          force, reporter, out -> ComparePage.write(out, first, original, second, other, found));
    }
  }

  private Picture read(String name, PictureReader reader, List<String> warnings)
      throws IOException {
    try (Input input = Inputs.one(name, kmq.terminal.in())) {
      Picture picture = reader.read(input);
      picture.warnings().forEach(warning -> warnings.add(name + ": " + warning));
      return picture;
    }
  }

  private List<String> lines(Comparison found, Picture original, @Nullable SideFile map) {
    boolean exact = found.error().mse() == 0;
    List<String> lines = new ArrayList<>();
    lines.add(a + ", " + b);
    line(lines, "size", "%dx%d pixels", original.width(), original.height());
    line(lines, "mse", "%.2f", found.error().mse());
    line(lines, "PSNR", exact ? "infinite" : "%.2f dB", found.error().psnr());
    line(lines, "SSIM", "%.4f", found.ssim());
    line(lines, "SSIMULACRA2", "%.2f", found.ssimulacra2());
    line(lines, "DSSIM", "%.6f", found.dssim());
    line(lines, "max error", "%.2f", found.error().maxError());
    if (map != null) {
      lines.add("  " + map.path() + ": " + ErrorMap.LEGEND);
    }
    return lines;
  }

  private static void line(List<String> lines, String name, String format, Object... values) {
    lines.add(
        String.format(
            Locale.ROOT, "  %-11s  %s", name, String.format(Locale.ROOT, format, values)));
  }
}
