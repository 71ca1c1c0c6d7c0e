package dev.kmq.cli;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.Header;
import dev.kmq.container.KmqFormatException;
import dev.kmq.container.KmqReader;
import dev.kmq.container.RefusalReason;
import dev.kmq.container.SalvageResult;
import dev.kmq.file.AtomicFile;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.file.StandardStreams;
import dev.kmq.picture.KmqRows;
import dev.kmq.picture.PictureWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Verifies files completely. */
@Command(
    name = "check",
    description = "Verify every checksum and rule of .kmq files; locate damage.",
    footer = ExitCodes.FOOTER)
final class CheckCommand implements Callable<Integer> {
  /**
   * The report on a file, as far as it is known.
   *
   * @param width null, like all values of the header, if it is refused
   * @param intactTiles number of tiles that can be decoded, or null if they were not counted
   * @param bytes size of the file, or null if it is not known
   * @param reason name of the {@link dev.kmq.container.RefusalReason}, or null if the file is not
   *     damaged
   * @param offset of the damage in the file
   */
  record Report(
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Integer colors,
      @Nullable String method,
      @Nullable Long tiles,
      @Nullable Long intactTiles,
      @Nullable Long bytes,
      @Nullable String reason,
      @Nullable Long offset) {
    static Report of(
        @Nullable Header header,
        @Nullable Long intactTiles,
        @Nullable Long bytes,
        @Nullable KmqFormatException fault) {
      return new Report(
          header == null ? null : (Integer) header.width(),
          header == null ? null : (Integer) header.height(),
          header == null ? null : (Integer) header.colors(),
          header == null ? null : header.method().label(),
          header == null ? null : (Long) header.tiling().count(),
          intactTiles,
          bytes,
          fault == null ? null : fault.reason().name(),
          fault == null ? null : (Long) fault.offset());
    }
  }

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = "--salvage",
      paramLabel = "OUT",
      description =
          "Write the intact tiles of one damaged file as an image; the suffix names the format."
              + " A file of one tile cannot be salvaged; see 'encode --tile'.")
  @Nullable String salvage;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the file of --salvage.")
  boolean force;

  @Override
  public Integer call() throws IOException {
    String file = salvage;
    boolean taken = file != null && StandardStreams.isOutput(file);
    kmq.terminal.refuseBinary(file);
    Reporter<Report> reporter =
        new Reporter<>(
            Report.class,
            Reporter.Outputs.NONE,
            reports,
            kmq.terminal,
            StandardStreams.isTaken(file));
    try (Inputs found = inputs.find(kmq.terminal, Set.of(Format.SUFFIX))) {
      if (file != null && found.found().size() != 1) {
        throw new UsageException("--salvage takes one input, not " + found.found().size());
      }
      boolean shown = kmq.terminal.showsProgress() && !reports.quiet;
      try (ProgressLine progress = new ProgressLine(kmq.terminal, shown, found.found().size())) {
        for (Inputs.Found one : found.found()) {
          Outcome<Report> outcome =
              Outcome.of(one, progress, job -> check(job.input(), found, taken));
          progress.aside(() -> reporter.report(outcome));
        }
      }
    }
    return reporter.exitCode();
  }

  private Outcome<Report> check(Input input, Inputs all, boolean taken) {
    Header header = null;
    Long intact = null;
    Long bytes = null;
    try {
      if (salvage != null && !taken) {
        all.checkOutput(Path.of(salvage), force);
      }
      // The size of a pipe is known only at its end.
      if (!input.isPipe()) {
        bytes = input.size();
      }
      DecodeOptions options = DecodeOptions.builder().limits(inputs.limits()).build();
      try (KmqReader reader = KmqInput.stream(input, options)) {
        header = reader.header();
        if (salvage == null) {
          KmqRows.check(reader);
          reader.expectEnd();
        } else {
          SalvageResult salvaged = reader.salvage();
          intact = (long) salvaged.intact().cardinality();
          write(salvaged, header, salvage, taken);
          expectEnd(reader, salvage);
        }
        intact = header.tiling().count();
      }
      bytes = input.size();
      Report report = Report.of(header, intact, bytes, null);
      String line = line(input.name(), header) + (salvage == null ? "" : " -> " + salvage);
      return Outcome.done(input.name(), List.of(), report, List.of(line));
    } catch (Throwable e) {
      KmqFormatException fault =
          e instanceof KmqFormatException refused
              ? refused
              : e.getCause() instanceof KmqFormatException damage ? damage : null;
      Throwable failure = e;
      if (e instanceof KmqFormatException damage && salvage != null) {
        failure = notWritten(damage, salvage);
      } else if (e instanceof KmqFormatException damage && header != null) {
        intact = intactTiles(input);
        failure = intact > 0 ? withRemedy(damage, intact, header) : e;
      }
      Report report = Report.of(header, intact, bytes, fault);
      return Outcome.failed(input.name(), List.of(), report, failure);
    }
  }

  /** Damage that leaves nothing to be salvaged, unless the file is of another format. */
  private static IOException notWritten(KmqFormatException damage, String file) {
    return damage.reason() == RefusalReason.NOT_KMQ
        ? damage
        : new FailedInput(
            damage.getMessage() + "; no tile is intact, so " + file + " is not written", damage);
  }

  private static IOException withRemedy(KmqFormatException damage, long intact, Header header) {
    long tiles = header.tiling().count();
    String which = intact == tiles ? "all tiles" : intact + " of " + tiles + " tiles";
    return new FailedInput(
        "%s; %s are intact, and --salvage OUT writes them".formatted(damage.getMessage(), which),
        damage);
  }

  /** Counts the tiles that --salvage would write. */
  private long intactTiles(Input input) {
    DecodeOptions options = DecodeOptions.builder().limits(inputs.limits()).build();
    try (KmqReader reader = KmqInput.stream(input, options)) {
      return reader.salvage().intact().cardinality();
    } catch (IOException e) {
      return 0;
    }
  }

  private static String line(String name, Header header) {
    return String.format(
        Locale.ROOT,
        "%s: ok, %dx%d, K = %d, %s, %d %s",
        name,
        header.width(),
        header.height(),
        header.colors(),
        header.method().label(),
        header.tiling().count(),
        header.tiling().count() == 1 ? "tile" : "tiles");
  }

  private void write(SalvageResult salvaged, Header header, String file, boolean taken)
      throws IOException {
    KmqFormatException fault = salvaged.fault();
    int intact = salvaged.intact().cardinality();
    if (fault != null && intact == 0) {
      throw new FailedInput(
          fault.getMessage() + "; no tile is intact, so " + file + " is not written", fault);
    }
    AtomicFile.Body body =
        out -> PictureWriter.write(salvaged.image(), List.of(), OutputOptions.suffix(file), out);
    if (taken) {
      body.writeTo(kmq.terminal.out());
    } else {
      AtomicFile.write(Path.of(file), force, null, body);
    }
    if (fault != null) {
      throw new FailedInput(
          "%s; %s has %d of %d tiles"
              .formatted(fault.getMessage(), file, intact, header.tiling().count()),
          fault);
    }
  }

  /** Refuses bytes after an image that is written. */
  private static void expectEnd(KmqReader reader, String file) throws IOException {
    try {
      reader.expectEnd();
    } catch (KmqFormatException e) {
      throw new FailedInput(e.getMessage() + "; " + file + " has all tiles", e);
    }
  }
}
