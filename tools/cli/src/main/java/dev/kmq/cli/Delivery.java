package dev.kmq.cli;

import dev.kmq.cli.file.ArchiveOutput;
import dev.kmq.cli.file.AtomicFile;
import dev.kmq.cli.file.FailedInput;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
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
  private static final int BAR_COLUMNS = 79;

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
    int threads = jobs.threadsEach(found.size());
    List<Callable<Outcome<R>>> tasks = new ArrayList<>();
    for (OutputOptions.Planned one : outputs.plan(found, suffix)) {
      tasks.add(() -> Outcome.of(one.found(), one.output(), threads, work));
    }
    boolean taken = outputs.takesStandard(found);
    Reporter<R> reporter =
        new Reporter<>(kind, Reporter.Outputs.SKIPPABLE, reports, terminal, taken);
    // Reports on a terminal would break up a progress bar.
    boolean reportsShow = !reports.quiet && (taken || terminal.outputIsTerminal());
    boolean bar = terminal.errorIsTerminal() && terminal.styled() && !reportsShow;
    Path archive = outputs.toArchive() ? Path.of(Objects.requireNonNull(outputs.file)) : null;
    boolean skipped = archive != null && outputs.skipExisting && Files.exists(archive);
    if (archive != null && !outputs.dryRun && !skipped) {
      deliverToArchive(archive, inputs, tasks, bar, reporter);
    } else {
      deliver(tasks, bar, null, reporter);
    }
    if (found.size() > 1) {
      reporter.total(line(inputs), EncodeCommand.millisSince(start));
    }
    return reporter.exitCode();
  }

  private void deliverToArchive(
      Path path, Inputs inputs, List<Callable<Outcome<R>>> tasks, boolean bar, Reporter<R> reporter)
      throws IOException {
    try {
      inputs.refuseIfRead(path, null);
      AtomicFile.write(
          path,
          outputs.force,
          null,
          out -> {
            try (ArchiveOutput archive = ArchiveOutput.open(path, out)) {
              deliver(tasks, bar, archive, reporter);
              if (archive.isEmpty()) {
                throw new FailedInput("not written, because no input gave an output");
              }
            }
          });
    } catch (IOException | OutOfMemoryError e) {
      reporter.report(Outcome.failed(path.toString(), List.of(), null, e));
    }
  }

  private void deliver(
      List<Callable<Outcome<R>>> tasks,
      boolean bar,
      @Nullable ArchiveOutput archive,
      Reporter<R> reporter)
      throws IOException {
    try (InOrder<Outcome<R>> outcomes = new InOrder<>(tasks, jobs.jobs);
        ProgressBar progress = bar && tasks.size() > 1 ? progressBar(tasks.size()) : null) {
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
        reporter.report(outcome);
        if (progress != null) {
          progress.step();
        }
      }
    }
  }

  private ProgressBar progressBar(int steps) {
    return new ProgressBarBuilder()
        .setTaskName("kmq")
        .setInitialMax(steps)
        .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), BAR_COLUMNS))
        .build();
  }

  private void writeToStandard(byte[] content) throws FailedInput {
    terminal.out().write(content, 0, content.length);
    if (terminal.out().checkError()) {
      throw new FailedInput("cannot write to standard output; output incomplete");
    }
  }
}
