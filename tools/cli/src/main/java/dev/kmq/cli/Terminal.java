package dev.kmq.cli;

import dev.kmq.file.StandardStreams;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of a run, and which of them are terminals.
 *
 * @param in standard input
 * @param out standard output, for text in UTF-8 and for bytes
 * @param err standard error
 * @param outputIsTerminal whether standard output is a terminal
 * @param errorIsTerminal whether standard error is a terminal
 * @param styled whether terminals support colours and the user wants them
 * @param dumb whether terminals support nothing but lines of text
 */
record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outputIsTerminal,
    boolean errorIsTerminal,
    boolean styled,
    boolean dumb) {

  /** The streams of the process. */
  static Terminal ofProcess() {
    // Set by the launcher, because Java cannot query the streams one by one.
    String known = System.getProperty("kmq.terminals");
    Set<String> terminals = known == null ? look() : Set.of(known.split(",", -1));
    return new Terminal(
        System.in,
        utf8(new FileOutputStream(FileDescriptor.out)),
        utf8(new FileOutputStream(FileDescriptor.err)),
        terminals.contains("out"),
        terminals.contains("err"),
        isStyled(System.getenv()),
        isDumb(System.getenv()));
  }

  /**
   * Refuses binary output to a terminal.
   *
   * @param file name of the output, or null if there is none
   */
  void refuseBinary(@Nullable String file) {
    if (file != null
        && (outputIsTerminal && StandardStreams.isOutput(file)
            || StandardStreams.isTerminal(file))) {
      throw new UsageException(
          "refusing to write binary data to a terminal; use --output FILE or a pipe");
    }
  }

  /** Follows NO_COLOR, if set and not empty, and TERM=dumb. */
  static boolean isStyled(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty() && !isDumb(environment);
  }

  private static boolean isDumb(Map<String, String> environment) {
    return "dumb".equals(environment.get("TERM"));
  }

  /** Whether a line of progress can be shown on standard error. */
  boolean showsProgress() {
    return errorIsTerminal && !dumb;
  }

  /** Asks a shell that inherits the streams; without one, Java's console is the best guess. */
  private static Set<String> look() {
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", "[ -t 1 ]; o=$?; [ -t 2 ]; exit $((o * 2 + $?))")
              .inheritIO()
              .start();
      int no = shell.waitFor();
      Set<String> terminals = new HashSet<>();
      if ((no & 2) == 0) {
        terminals.add("out");
      }
      if ((no & 1) == 0) {
        terminals.add("err");
      }
      return terminals;
    } catch (IOException e) {
      return consoleIsTerminal() ? Set.of("out", "err") : Set.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Set.of();
    }
  }

  /** Since Java 22, a console need not be a terminal; a new method reports that. */
  @SuppressWarnings("SystemConsoleNull") // both cases are distinguished
  private static boolean consoleIsTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Text in UTF-8 whatever the locale. */
  static PrintStream utf8(OutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
