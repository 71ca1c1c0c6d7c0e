package dev.kmq.cli;

import dev.kmq.cli.view.TerminalImage;
import dev.kmq.cli.view.TerminalKind;
import dev.kmq.file.Inputs;
import dev.kmq.image.PixelSource;
import dev.kmq.picture.Downscale;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows images in the terminal. */
@Command(
    name = "view",
    description = "Show images in the terminal, reduced to fit.",
    footer = ExitCodes.FOOTER)
final class ViewCommand implements Callable<Integer> {
  /** Nothing but warnings and failures is reported. */
  record Report() {}

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();

  @Option(
      names = "--as",
      paramLabel = "FORM",
      description = "kitty, sixel, blocks, blocks256 or ascii (default: by the terminal).")
  @Nullable TerminalImage form;

  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      description = "Width in characters (default: the terminal's).")
  @Nullable Integer width;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print stack traces of failures.")
  boolean verbose;

  @Override
  public Integer call() throws IOException {
    if (width != null && (width < 1 || width > TerminalSize.MAX)) {
      throw new UsageException("--width must be from 1 to " + TerminalSize.MAX + ", not " + width);
    }
    if (form == null && !kmq.terminal.outputIsTerminal()) {
      throw new UsageException(
          "standard output is not a terminal; choose a form with --as, such as --as blocks");
    }
    Map<String, String> environment = System.getenv();
    TerminalImage shown = form == null ? TerminalKind.best(environment) : form;
    TerminalSize terminal = TerminalSize.of(environment, kmq.terminal.outputIsTerminal());
    // A given width is wanted, whatever the height.
    TerminalSize size = width == null ? terminal : new TerminalSize(width, TerminalSize.MAX);
    PictureReader reader = new PictureReader(inputs.limits(), MetadataPolicy.NONE, true, null);
    ReportOptions options = new ReportOptions();
    options.verbose = verbose;
    Reporter<Report> reporter =
        new Reporter<>(Report.class, Reporter.Outputs.NONE, options, kmq.terminal, true);
    try (Inputs found = inputs.find(kmq.terminal, PictureReader.suffixes())) {
      ProgressLine none = ProgressLine.none(kmq.terminal);
      boolean several = found.found().size() > 1;
      for (Inputs.Found one : found.found()) {
        reporter.report(Outcome.of(one, none, job -> show(job, reader, shown, size, several)));
      }
    }
    return reporter.exitCode();
  }

  private Outcome<Report> show(
      Job job, PictureReader reader, TerminalImage shown, TerminalSize size, boolean named)
      throws IOException {
    Picture picture = reader.read(job.input());
    job.warnings().addAll(picture.warnings());
    // A line is left for the prompt, and one for the name.
    int lines = Math.max(1, size.lines() - (named ? 2 : 1));
    PixelSource small =
        Downscale.fit(picture.pixels(), shown.maxWidth(size.columns()), shown.maxHeight(lines));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    shown.write(small, text);
    if (named) {
      kmq.terminal.out().println(Printable.line(job.input().name()));
    }
    kmq.terminal.out().write(text.toByteArray(), 0, text.size());
    kmq.terminal.out().flush();
    return Outcome.done(job.input().name(), job.warnings(), new Report(), List.of());
  }
}
