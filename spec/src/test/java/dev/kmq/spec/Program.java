package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs tests that are written in another language. */
final class Program {
  private Program() {}

  /**
   * Runs a command that must exit with 0. If the program is not installed the test is aborted, or
   * fails if the environment variable {@code CI} is set.
   *
   * @return the output of the program
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      String message = String.join(" ", command) + " did not run: " + e.getMessage();
      if (System.getenv("CI") != null) {
        fail(message, e);
      }
      abort(message);
      return "";
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
