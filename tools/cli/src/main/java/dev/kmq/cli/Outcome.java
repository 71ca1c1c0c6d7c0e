package dev.kmq.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of one input: facts for {@code --json}, lines for people, warnings, or a failure. */
final class Outcome {
  private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable String text;
  private @Nullable Exception failure;
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

  /** Lines for people. */
  @Nullable String text() {
    return text;
  }

  void text(String lines) {
    text = lines;
  }

  /** Reports what of the input is not in the output, or is not as it was meant. */
  void warn(List<String> messages) {
    warnings.addAll(messages);
  }

  List<String> warnings() {
    return warnings;
  }

  @Nullable Exception failure() {
    return failure;
  }

  void fail(Exception cause) {
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
