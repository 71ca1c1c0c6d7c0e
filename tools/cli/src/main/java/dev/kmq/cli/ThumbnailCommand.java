package dev.kmq.cli;

import dev.kmq.file.AtomicFile;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.file.StandardStreams;
import dev.kmq.image.PixelSource;
import dev.kmq.picture.Downscale;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import dev.kmq.picture.PictureWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a small PNG of an image, as file managers ask for it. */
@Command(
    name = "thumbnail",
    description = {
      "Write a small PNG of an image, for file managers.",
      "An existing file is replaced."
    },
    footer = ExitCodes.FOOTER)
final class ThumbnailCommand implements Callable<Integer> {
  /** The report on a thumbnail, whose size is null if it was not made. */
  record Report(@Nullable Integer width, @Nullable Integer height) {}

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Parameters(index = "0", paramLabel = "IN", description = "The image, or - for stdin.")
  String argument = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The PNG, or - for standard output.")
  String file = "";

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Maximum width and height in pixels (default: 256); never enlarges.")
  int size = 256;

  @Mixin LimitOptions limits = new LimitOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print stack traces of failures.")
  boolean verbose;

  @Override
  public Integer call() throws IOException {
    if (size < 1) {
      throw new UsageException("--size must be at least 1, not " + size);
    }
    if (OutputOptions.namesFormat(file) && !OutputOptions.suffix(file).equals("png")) {
      throw new UsageException("--output " + file + ": a thumbnail is a .png");
    }
    kmq.terminal.refuseBinary(file);
    boolean taken = StandardStreams.isTaken(file);
    PictureReader reader = new PictureReader(limits.limits(), MetadataPolicy.NONE, true, null);
    ReportOptions reports = new ReportOptions();
    reports.json = json;
    reports.verbose = verbose;
    Reporter<Report> reporter =
        new Reporter<>(Report.class, Reporter.Outputs.ONE, reports, kmq.terminal, taken);
    Inputs.Found found;
    try {
      found = new Inputs.Found(argument, Inputs.one(argument, kmq.terminal.in()), null);
    } catch (IOException | RuntimeException e) {
      found = new Inputs.Found(argument, null, e);
    }
    reporter.report(Outcome.of(found, ProgressLine.none(kmq.terminal), job -> write(job, reader)));
    return reporter.exitCode();
  }

  private Outcome<Report> write(Job job, PictureReader reader) throws IOException {
    Input input = job.input();
    Path own = input.path();
    if (own != null
        && !StandardStreams.isOutput(file)
        && AtomicFile.identity(own).equals(AtomicFile.identity(Path.of(file)))) {
      throw new FailedInput("the thumbnail would replace its image; name another output");
    }
    Picture picture = reader.read(input);
    job.warnings().addAll(picture.warnings());
    PixelSource small = Downscale.fit(picture.pixels(), size, size);
    AtomicFile.Body body = out -> PictureWriter.writePng(small, out);
    if (StandardStreams.isOutput(file)) {
      body.writeTo(kmq.terminal.out());
    } else {
      AtomicFile.write(Path.of(file), true, null, body);
    }
    Report report = new Report(small.width(), small.height());
    Outcome<Report> outcome = Outcome.done(input.name(), job.warnings(), report, List.of());
    return outcome.to(file);
  }
}
