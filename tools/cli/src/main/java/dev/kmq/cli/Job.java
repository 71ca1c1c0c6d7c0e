package dev.kmq.cli;

import dev.kmq.file.Input;
import dev.kmq.file.Output;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One input to be processed.
 *
 * @param input is closed after the work
 * @param output null for a command that writes none
 * @param threads number of threads that the work may use
 * @param progress of the input
 * @param warnings collects what the output lacks of the input, or has in another form
 */
record Job(
    Input input,
    @Nullable Output output,
    int threads,
    ProgressLine.Step progress,
    List<String> warnings) {
  /** The work of a command on one input. */
  @FunctionalInterface
  interface Work<R extends Record> {
    /** Returns the outcome of the input; an exception fails the input. */
    Outcome<R> run(Job job) throws IOException;
  }

  /** The output of a command that writes one. */
  Output target() {
    return Objects.requireNonNull(output);
  }
}
