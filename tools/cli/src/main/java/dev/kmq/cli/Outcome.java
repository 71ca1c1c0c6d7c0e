package dev.kmq.cli;

import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of one input: facts for {@code --json}, lines for people, warnings, or a failure. */
final class Outcome {
  private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private boolean styled;
  private @Nullable Throwable failure;
  private byte @Nullable [] content;

  /**
   * An outcome whose JSON object has these keys, in this order, all null so far; {@code warnings}
   * and {@code error} follow.
   */
  Outcome(String input, String... keys) {
    facts.put("input", input);
    for (String key : keys) {
      facts.put(key, null);
    }
    facts.put("warnings", warnings);
    facts.put("error", null);
  }

  /** Does one input; what it throws fails the input. */
  @FunctionalInterface
  interface Work {
    void run(Input input, Outcome outcome) throws IOException;
  }

  /** The outcome of one input: whatever happens to it, errors included, is its failure. */
  static Outcome of(Inputs.Found found, String[] keys, Work work) {
    Outcome outcome = new Outcome(found.name(), keys);
    Input input = found.input();
    try {
      if (input == null) {
        outcome.fail(Objects.requireNonNull(found.failure()));
      } else {
        work.run(input, outcome);
      }
    } catch (Throwable e) {
      outcome.fail(e);
    } finally {
      if (input != null) {
        input.release();
      }
    }
    return outcome;
  }

  void put(String key, @Nullable Object value) {
    if (!facts.containsKey(key)) {
      throw new IllegalArgumentException("no such key: " + key);
    }
    facts.put(key, value);
  }

  Map<String, @Nullable Object> facts() {
    return facts;
  }

  String input() {
    return String.valueOf(facts.get("input"));
  }

  /** Lines for people, fit for a terminal. */
  List<String> text() {
    return styled ? lines : lines.stream().map(Printable::line).toList();
  }

  /** Sets the lines for people; what a terminal would obey in them is escaped. */
  void text(List<String> text) {
    lines.clear();
    lines.addAll(text);
  }

  /** Sets the only line for people. */
  void text(String line) {
    text(List.of(line));
  }

  /** Sets lines whose escape sequences are for the terminal; no text of a file may be in them. */
  void styledText(List<String> text) {
    text(text);
    styled = true;
  }

  /** Reports what of the input is not in the output, or is not as it was meant. */
  void warn(List<String> messages) {
    warnings.addAll(messages);
  }

  List<String> warnings() {
    return warnings;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  void fail(Throwable cause) {
    failure = cause;
    facts.put("error", Failures.message(cause));
  }

  /** Bytes that go to the output archive or to standard output when the input's turn comes. */
  byte @Nullable [] content() {
    return content;
  }

  void content(byte @Nullable [] bytes) {
    content = bytes;
  }
}
