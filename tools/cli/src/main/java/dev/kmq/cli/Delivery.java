package dev.kmq.cli;

import dev.kmq.file.ArchiveOutput;
import dev.kmq.file.AtomicFile;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command that makes one output of each input: several inputs at a time, delivered and
 * reported in their order. An input that fails does not stop the others.
 *
 * @param kind of the reports
 */
record Delivery<R extends Record>(
    Class<R> kind,
    Terminal terminal,
    OutputOptions outputs,
    JobOptions jobs,
    ReportOptions reports) {
  /** The first lines of reports on inputs. */
  ReportLine line(Inputs inputs) {
    boolean toTerminal =
        outputs.takesStandard(inputs.found())
            ? terminal.errorIsTerminal()
            : terminal.outputIsTerminal();
    return ReportLine.of(inputs.found(), toTerminal);
  }

  /**
   * Processes the inputs, and returns the exit code.
   *
   * @param suffix of the outputs, without the dot
   */
  int run(Inputs inputs, String suffix, Job.Work<R> work) throws IOException {
    long start = System.nanoTime();
    List<Inputs.Found> found = inputs.found();
    boolean standard = outputs.toStandard(found);
    if (!outputs.dryRun) {
      terminal.refuseBinary(standard ? Input.STANDARD : outputs.file);
    }
    boolean taken = outputs.takesStandard(found);
    Reporter<R> reporter =
        new Reporter<>(kind, Reporter.Outputs.SKIPPABLE, reports, terminal, taken);
    try (ProgressLine progress =
        new ProgressLine(terminal, terminal.showsProgress() && !reports.quiet, found.size())) {
      deliver(inputs, suffix, work, progress, reporter);
    }
    if (found.size() > 1) {
      reporter.total(line(inputs), EncodeCommand.millisSince(start));
    }
    return reporter.exitCode();
  }

  private void deliver(
      Inputs inputs, String suffix, Job.Work<R> work, ProgressLine progress, Reporter<R> reporter)
      throws IOException {
    List<Inputs.Found> found = inputs.found();
    int threads = jobs.threadsEach(found.size());
    List<Callable<Outcome<R>>> tasks = new ArrayList<>();
    for (OutputOptions.Planned one : outputs.plan(found, suffix)) {
      tasks.add(() -> Outcome.of(one.found(), one.output(), threads, progress, work));
    }
    Path archive = outputs.toArchive() ? Path.of(Objects.requireNonNull(outputs.file)) : null;
    boolean skipped = archive != null && outputs.skipExisting && Files.exists(archive);
    if (archive != null && !outputs.dryRun && !skipped) {
      deliverToArchive(archive, inputs, tasks, progress, reporter);
    } else {
      deliver(tasks, null, progress, reporter);
    }
  }

  private void deliverToArchive(
      Path path,
      Inputs inputs,
      List<Callable<Outcome<R>>> tasks,
      ProgressLine progress,
      Reporter<R> reporter)
      throws IOException {
    try {
      inputs.refuseIfRead(path, null);
      AtomicFile.write(
          path,
          outputs.force,
          null,
          out -> {
            try (ArchiveOutput archive = ArchiveOutput.open(path, out)) {
              deliver(tasks, archive, progress, reporter);
              if (archive.isEmpty()) {
                throw new FailedInput("not written, because no input gave an output");
              }
            }
          });
    } catch (IOException | OutOfMemoryError e) {
      progress.aside(() -> reporter.report(Outcome.failed(path.toString(), List.of(), null, e)));
    }
  }

  private void deliver(
      List<Callable<Outcome<R>>> tasks,
      @Nullable ArchiveOutput archive,
      ProgressLine progress,
      Reporter<R> reporter)
      throws IOException {
    try (InOrder<Outcome<R>> outcomes = new InOrder<>(tasks, jobs.jobs)) {
      while (outcomes.hasNext()) {
        Outcome<R> outcome = outcomes.next();
        byte[] content = outcome.content;
        try {
          if (content != null && archive != null) {
            archive.add(String.valueOf(outcome.output), content);
          } else if (content != null) {
            writeToStandard(content);
          }
        } catch (FailedInput | IllegalArgumentException e) {
          outcome.undelivered(e);
        }
        progress.aside(() -> reporter.report(outcome));
      }
    }
  }

  private void writeToStandard(byte[] content) throws FailedInput {
    terminal.out().write(content, 0, content.length);
    if (terminal.out().checkError()) {
      throw new FailedInput("cannot write to standard output; output incomplete");
    }
  }
}
