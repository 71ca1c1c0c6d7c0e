package dev.kmq.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Standard output and error, and whether they are terminals. */
final class Terminal {
  /** Set by the launcher, since Java cannot tell one stream from the other. */
  private static final Set<String> TERMINALS =
      Set.of(System.getProperty("kmq.terminals", "").split(",", -1));

  private static final PrintStream OUT = text(System.out, FileDescriptor.out);
  private static final PrintStream ERR = text(System.err, FileDescriptor.err);

  private Terminal() {}

  /** UTF-8 whatever the locale; a stream that a test has put in place is left alone. */
  private static PrintStream text(PrintStream current, FileDescriptor descriptor) {
    return Boolean.getBoolean("kmq.test.streams")
        ? current
        : new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  static PrintStream out() {
    return OUT;
  }

  static PrintStream err() {
    return ERR;
  }

  /** Standard output for bytes. */
  static OutputStream bytes() {
    return OUT;
  }

  static boolean isOutput() {
    return TERMINALS.contains("out");
  }

  static boolean isError() {
    return TERMINALS.contains("err");
  }
}
