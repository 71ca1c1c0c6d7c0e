package dev.kmq.cli;

import dev.kmq.cli.file.AtomicFile;
import dev.kmq.cli.file.FailedInput;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import dev.kmq.cli.file.StandardStreams;
import dev.kmq.cli.picture.PictureWriter;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.Header;
import dev.kmq.container.KmqFormatException;
import dev.kmq.container.KmqReader;
import dev.kmq.container.SalvageResult;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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

/** Verifies files to the last bit. */
@Command(
    name = "check",
    description =
        "Reads .kmq files whole, verifies every checksum and rule, and names what is wrong and"
            + " where.")
final class CheckCommand implements Callable<Integer> {
  private static final String[] KEYS = {
    "width", "height", "colors", "method", "tiles", "intactTiles", "bytes", "reason", "offset"
  };

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = "--salvage",
      paramLabel = "OUT",
      description =
          "Write what can be had of one damaged file: the tiles that hold, the others in the"
              + " palette's first colour; format by suffix.")
  @Nullable String salvage;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the file of --salvage if it exists.")
  boolean force;

  @Override
  public Integer call() throws IOException {
    String file = salvage;
    boolean taken = file != null && StandardStreams.isOutput(file);
    kmq.terminal.refuseBinary(file);
    Batch batch =
        new Batch(reports, kmq.terminal, taken || file != null && StandardStreams.isPipe(file));
    try (Inputs found = inputs.find(kmq.terminal, Set.of(Format.SUFFIX))) {
      if (file != null && found.found().size() != 1) {
        throw new UsageException("--salvage takes one input, not " + found.found().size());
      }
      for (Inputs.Found one : found.found()) {
        batch.report(outcome(one, taken));
      }
    }
    return batch.exitCode();
  }

  private Outcome outcome(Inputs.Found found, boolean taken) {
    return Outcome.of(
        found,
        KEYS,
        (input, outcome) -> {
          try {
            // The size of a pipe is known at its end, which a wrong one may not have.
            if (!input.isPipe()) {
              outcome.put("bytes", input.size());
            }
            check(input, outcome, taken);
            outcome.put("bytes", input.size());
          } catch (KmqFormatException e) {
            outcome.put("reason", e.reason().name());
            outcome.put("offset", e.offset());
            throw e;
          }
        });
  }

  private void check(Input input, Outcome outcome, boolean taken) throws IOException {
    DecodeOptions options = DecodeOptions.builder().limits(inputs.limits()).build();
    try (InputStream in = new BufferedInputStream(input.open(), 1 << 16);
        KmqReader reader = KmqReader.open(in, options)) {
      Header header = reader.header();
      outcome.put("width", header.width());
      outcome.put("height", header.height());
      outcome.put("colors", header.colors());
      outcome.put("method", header.method().label());
      outcome.put("tiles", header.tiling().count());
      if (salvage == null) {
        reader.readImage();
      } else {
        salvage(reader, outcome, salvage, taken);
      }
      reader.expectEnd();
      outcome.put("intactTiles", header.tiling().count());
      outcome.text(
          String.format(
              Locale.ROOT,
              "%s: ok, %dx%d, K = %d, %s, %d %s",
              input.name(),
              header.width(),
              header.height(),
              header.colors(),
              header.method().label(),
              header.tiling().count(),
              header.tiling().count() == 1 ? "tile" : "tiles"));
    }
  }

  private void salvage(KmqReader reader, Outcome outcome, String file, boolean taken)
      throws IOException {
    SalvageResult salvaged = reader.salvage();
    outcome.put("intactTiles", salvaged.intact().cardinality());
    AtomicFile.Body body =
        out -> PictureWriter.write(salvaged.image(), List.of(), OutputOptions.suffix(file), out);
    if (taken) {
      body.writeTo(kmq.terminal.out());
    } else {
      AtomicFile.write(Path.of(file), force, null, body);
    }
    KmqFormatException fault = salvaged.fault();
    if (fault != null) {
      outcome.put("reason", fault.reason().name());
      outcome.put("offset", fault.offset());
      throw new FailedInput(
          "%s; %d of %d tiles are in %s"
              .formatted(
                  fault.getMessage(),
                  salvaged.intact().cardinality(),
                  reader.header().tiling().count(),
                  file),
          fault);
    }
  }
}
