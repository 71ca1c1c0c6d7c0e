package dev.kmq.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another program to compare with.
 *
 * @param name what tables call it
 * @param command words between spaces; those in braces, such as {@code {in}}, are filled in
 */
record Peer(String name, String command) {
  /** What {@code times} prints in its second line, that of children: user and system time. */
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

  /**
   * A peer as given on a command line: {@code NAME: COMMAND}.
   *
   * @throws IllegalArgumentException if there is no colon
   */
  static Peer of(String text) {
    int colon = text.indexOf(": ");
    if (colon < 0) {
      throw new IllegalArgumentException("a peer is \"NAME: COMMAND\", not " + text);
    }
    return new Peer(text.substring(0, colon).strip(), text.substring(colon + 2).strip());
  }

  /**
   * Runs the command to its end. Its standard output is thrown away.
   *
   * @param fill replacements for the words in braces, which are the keys
   * @throws IOException if it cannot be run, or reports a failure
   */
  void run(Map<String, String> fill) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words(fill));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    require(builder.start().waitFor(), fill);
  }

  /**
   * Runs the command from a POSIX shell, which then reports what the process and those that it has
   * waited for have used.
   *
   * @return processor time in seconds, user and system, over all threads, start of the program
   *     included
   */
  double processorSeconds(Map<String, String> fill) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("sh", "-c", "\"$@\" >/dev/null 2>&1; s=$?; times; exit $s", "sh"));
    words.addAll(words(fill));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    require(process.waitFor(), fill);
    Matcher children = TIMES.matcher(times.lines().skip(1).findFirst().orElse(""));
    if (!children.matches()) {
      throw new IOException("no times of children: " + times);
    }
    return 60 * Double.parseDouble(children.group(1))
        + Double.parseDouble(children.group(2))
        + 60 * Double.parseDouble(children.group(3))
        + Double.parseDouble(children.group(4));
  }

  private List<String> words(Map<String, String> fill) {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" +", -1)) {
      String filled = word;
      for (Map.Entry<String, String> entry : fill.entrySet()) {
        filled = filled.replace(entry.getKey(), entry.getValue());
      }
      words.add(filled);
    }
    return words;
  }

  private void require(int status, Map<String, String> fill) throws IOException {
    if (status != 0) {
      throw new IOException("ended with " + status + ": " + String.join(" ", words(fill)));
    }
  }
}
