package dev.kmq.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of one input: facts for {@code --json}, lines for people, or a failure. */
final class Outcome {
  private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();
  private @Nullable String text;
  private @Nullable Exception failure;
  private byte @Nullable [] content;

  /** An outcome whose JSON object has these keys, in this order, all null so far. */
  Outcome(String input, String... keys) {
    facts.put("input", input);
    for (String key : keys) {
      facts.put(key, null);
    }
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
