package dev.kmq.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The size of a terminal in characters. */
record TerminalSize(int columns, int lines) {
  /** Largest width and height that are believed. */
  static final int MAX = 10_000;

  private static final TerminalSize STANDARD = new TerminalSize(80, 24);
  private static final int SECONDS = 2;

  /**
   * The size that stty reports, else that of COLUMNS and LINES, else 80x24.
   *
   * @param terminal whether there is a terminal to be asked
   */
  static TerminalSize of(Map<String, String> environment, boolean terminal) {
    TerminalSize known =
        new TerminalSize(
            number(environment.get("COLUMNS"), STANDARD.columns),
            number(environment.get("LINES"), STANDARD.lines));
    if (!terminal) {
      return known;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (stty.waitFor(SECONDS, TimeUnit.SECONDS)) {
          byte[] answer = stty.getInputStream().readAllBytes();
          return parsed(new String(answer, StandardCharsets.US_ASCII).trim(), known);
        }
      } finally {
        stty.destroy();
      }
    } catch (IOException e) {
      // Without stty, as on Windows, the environment decides.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return known;
  }

  /** The size that stty prints, lines first; a pseudo-terminal may have none. */
  static TerminalSize parsed(String answer, TerminalSize otherwise) {
    String[] numbers = answer.split(" ", -1);
    return numbers.length == 2
        ? new TerminalSize(
            number(numbers[1], otherwise.columns), number(numbers[0], otherwise.lines))
        : otherwise;
  }

  private static int number(@Nullable String text, int otherwise) {
    return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : otherwise;
  }
}
