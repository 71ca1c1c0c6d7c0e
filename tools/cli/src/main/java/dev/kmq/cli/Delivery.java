package dev.kmq.cli;

import dev.kmq.cli.file.ArchiveOutput;
import dev.kmq.cli.file.AtomicFile;
import dev.kmq.cli.file.FailedInput;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import dev.kmq.cli.file.Output;
import dev.kmq.cli.file.StandardStreams;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs a verb that makes one output of each input, and takes the outputs to where they belong. */
final class Delivery {
  /** Makes the output of one input; what it throws fails the input. */
  @FunctionalInterface
  interface Verb {
    void run(Input input, Output output, int threads, Outcome outcome) throws IOException;

    /** Fails an input that cannot be right, where that says more than that its output exists. */
    default void precheck(Input input) throws IOException {}
  }

  private final Terminal terminal;
  private final Inputs inputs;
  private final OutputOptions outputs;
  private final JobOptions jobs;
  private final ReportOptions reports;
  private final String[] keys;

  /**
   * A run over inputs.
   *
   * @param keys of the JSON object of an input, the first and the last one left out, which are the
   *     same for all
   */
  Delivery(
      Terminal terminal,
      Inputs inputs,
      OutputOptions outputs,
      JobOptions jobs,
      ReportOptions reports,
      String... keys) {
    this.terminal = terminal;
    this.inputs = inputs;
    this.outputs = outputs;
    this.jobs = jobs;
    this.reports = reports;
    this.keys = keys;
  }

  /** Does it all, and returns the exit code. */
  int run(String suffix, Verb verb) throws IOException {
    List<Inputs.Found> found = inputs.found();
    boolean standard = outputs.toStandard(found);
    if (!outputs.dryRun) {
      terminal.refuseBinary(standard ? Input.STANDARD : outputs.file);
    }
    List<OutputOptions.Planned> plan = outputs.plan(found, suffix);
    // Where the output itself goes to standard output, reports must not.
    Batch batch = new Batch(reports, terminal, outputs.takesStandard(found));
    List<Batch.Work> works = new ArrayList<>();
    int threads = jobs.threadsEach(found.size());
    for (OutputOptions.Planned one : plan) {
      works.add(() -> work(one, threads, verb));
    }
    if (outputs.toArchive() && !outputs.dryRun) {
      runToArchive(batch, works);
    } else {
      batch.run(works, jobs.jobs, standard ? Batch.to(terminal.out()) : Batch.none());
    }
    return batch.exitCode();
  }

  private void runToArchive(Batch batch, List<Batch.Work> works) throws IOException {
    Path path = Path.of(Objects.requireNonNull(outputs.file));
    if (outputs.skipExisting && Files.exists(path)) {
      return;
    }
    try {
      AtomicFile.write(
          path,
          outputs.force,
          null,
          out -> {
            int[] entries = {0};
            try (ArchiveOutput archive = ArchiveOutput.open(path, out)) {
              batch.run(
                  works,
                  jobs.jobs,
                  (outcome, content) -> {
                    archive.add(String.valueOf(outcome.facts().get("output")), content);
                    entries[0]++;
                  });
            }
            if (entries[0] == 0) {
              throw new FailedInput("not written, as no input gave an output");
            }
          });
    } catch (IOException | OutOfMemoryError e) {
      Outcome outcome = new Outcome(path.toString(), keys);
      outcome.fail(e);
      batch.report(outcome);
    }
  }

  private Outcome work(OutputOptions.Planned planned, int threads, Verb verb) {
    Outcome outcome =
        Outcome.of(
            planned.found(),
            keys,
            (input, result) -> {
              Output output = Objects.requireNonNull(planned.output());
              result.put("output", output.name());
              if (outputs.skips(output)) {
                result.text(input.name() + ": skipped, " + output.name() + " exists");
                result.put("output", null);
                return;
              }
              try {
                checkFree(output);
              } catch (FileAlreadyExistsException e) {
                AtomicFile.clearStale(Objects.requireNonNull(output.path()));
                verb.precheck(input);
                throw e;
              }
              if (outputs.dryRun) {
                result.text(input.name() + " -> " + output.name());
              } else {
                verb.run(input, output, threads, result);
              }
            });
    if (outcome.failure() != null) {
      outcome.put("output", null);
    }
    return outcome;
  }

  /** Before the work is done, so that none is done in vain. */
  private void checkFree(Output output) throws FileAlreadyExistsException {
    Path path = output.path();
    if (path != null
        && !outputs.force
        && Files.isRegularFile(path)
        && !StandardStreams.isDescriptor(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }
}
