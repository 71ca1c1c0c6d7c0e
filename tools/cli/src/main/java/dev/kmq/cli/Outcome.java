package dev.kmq.cli;

import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.file.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The result of one input: a report or a failure, text, warnings, and the name of the output. */
final class Outcome<R extends Record> {
  /** The name of the input. */
  final String input;

  private final List<String> warnings;
  private Supplier<List<String>> later = List::of;

  final @Nullable R report;

  /** The report as lines for a terminal. */
  final List<String> text;

  /** The name of the output, or null if none was written. */
  @Nullable String output;

  /** Why no output was written of an input that did not fail, or null. */
  @Nullable String skipped;

  @Nullable Throwable failure;

  /** Bytes for the output archive or standard output, delivered in the order of the inputs. */
  byte @Nullable [] content;

  private Outcome(String input, List<String> warnings, @Nullable R report, List<String> text) {
    this.input = input;
    this.warnings = List.copyOf(warnings);
    this.report = report;
    this.text = List.copyOf(text);
  }

  /** Does the work of a command that writes no output. */
  static <R extends Record> Outcome<R> of(
      Inputs.Found found, ProgressLine progress, Job.Work<R> work) {
    return of(found, null, 1, progress, work);
  }

  /** Does the work on one input; whatever is thrown, errors included, fails the input. */
  static <R extends Record> Outcome<R> of(
      Inputs.Found found,
      @Nullable Output output,
      int threads,
      ProgressLine progress,
      Job.Work<R> work) {
    List<String> warnings = new ArrayList<>();
    ProgressLine.Step step = progress.step();
    try (Input input = found.orThrow()) {
      return work.run(new Job(input, output, threads, step, warnings));
    } catch (Throwable e) {
      return failed(found.name(), warnings, null, e);
    } finally {
      step.at(1);
    }
  }

  /**
   * An input that is done.
   *
   * @param report null if there is nothing to report but the text
   * @param text escaped for a terminal
   */
  static <R extends Record> Outcome<R> done(
      String input, List<String> warnings, @Nullable R report, List<String> text) {
    return new Outcome<>(input, warnings, report, text.stream().map(Printable::line).toList());
  }

  /** The same with text that has escape sequences for a terminal, and none taken from a file. */
  static <R extends Record> Outcome<R> styled(
      String input, List<String> warnings, R report, List<String> text) {
    return new Outcome<>(input, warnings, report, text);
  }

  /** A job that is done. */
  static <R extends Record> Outcome<R> done(Job job, @Nullable R report, String text) {
    return done(job.input().name(), job.warnings(), report, List.of(text));
  }

  /** A job whose output is not wanted, for a reason. */
  static <R extends Record> Outcome<R> skipped(Job job, String reason) {
    Outcome<R> outcome = done(job, null, job.input().name() + ": skipped, " + reason);
    outcome.skipped = reason;
    return outcome;
  }

  /**
   * An input that failed.
   *
   * @param report what is known nevertheless, or null
   */
  static <R extends Record> Outcome<R> failed(
      String input, List<String> warnings, @Nullable R report, Throwable failure) {
    Outcome<R> outcome = new Outcome<>(input, warnings, report, List.of());
    outcome.failure = failure;
    return outcome;
  }

  /** A number and a noun, in the plural unless there is one. */
  static String count(long number, String noun) {
    String digits =
        number < 1000 ? Long.toString(number) : String.format(Locale.ROOT, "%,d", number);
    return digits + " " + noun + (number == 1 ? "" : "s");
  }

  /** Adds warnings that are known when all inputs before this one are done. */
  Outcome<R> warnLater(Supplier<List<String>> more) {
    later = more;
    return this;
  }

  /** All warnings; to be asked for in the order of the inputs. */
  List<String> warnings() {
    return Stream.concat(warnings.stream(), later.get().stream()).toList();
  }

  /** Sets the name of the output. */
  Outcome<R> to(String name) {
    output = name;
    return this;
  }

  /** Sets the output and, unless it is written already, its content. */
  Outcome<R> to(Output target, byte @Nullable [] bytes) {
    content = bytes;
    return to(target.name());
  }

  /** The content could not be delivered. */
  void undelivered(Exception cause) {
    failure = cause;
    output = null;
  }
}
