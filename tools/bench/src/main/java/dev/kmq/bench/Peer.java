package dev.kmq.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another program for comparison.
 *
 * @param name its name in tables
 * @param command words separated by spaces; placeholders in braces, such as {@code {in}}, are
 *     replaced
 */
record Peer(String name, String command) {
  /** The second line of the output of {@code times}: user and system time of child processes. */
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

  /**
   * Parses a peer of a command line: {@code NAME: COMMAND}.
   *
   * @throws IllegalArgumentException if there is no colon
   */
  static Peer of(String text) {
    int colon = text.indexOf(": ");
    if (colon < 0) {
      throw new IllegalArgumentException("a peer must be \"NAME: COMMAND\", not " + text);
    }
    return new Peer(text.substring(0, colon).strip(), text.substring(colon + 2).strip());
  }

  /**
   * Runs the command to its end. Its standard output is discarded.
   *
   * @param fill the values of the placeholders, without braces
   * @throws IOException if it cannot be run or fails
   */
  void run(Map<String, String> fill) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words(fill));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    require(builder.start().waitFor(), fill);
  }

  /**
   * Runs the command from a POSIX shell, which reports the processor time of the process and its
   * children.
   *
   * @return processor time in seconds, user and system, over all threads, including the start of
   *     the program
   */
  double processorSeconds(Map<String, String> fill) throws IOException, InterruptedException {
    return processorSeconds(fill, 1);
  }

  /**
   * As {@link #processorSeconds(Map)}, the mean of several runs; the shell counts in hundredths of
   * a second.
   */
  double processorSeconds(Map<String, String> fill, int runs)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    String loop = "i=0; while [ $i -lt " + runs + " ]; do \"$@\" >/dev/null 2>&1 || exit; ";
    words.addAll(List.of("sh", "-c", loop + "i=$((i + 1)); done; times", "sh"));
    words.addAll(words(fill));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    require(process.waitFor(), fill);
    Matcher children = TIMES.matcher(times.lines().skip(1).findFirst().orElse(""));
    if (!children.matches()) {
      throw new IOException("no times of child processes: " + times);
    }
    double seconds =
        60 * Double.parseDouble(children.group(1))
            + Double.parseDouble(children.group(2))
            + 60 * Double.parseDouble(children.group(3))
            + Double.parseDouble(children.group(4));
    return seconds / runs;
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
      throw new IOException("exit status " + status + ": " + String.join(" ", words(fill)));
    }
  }
}
