package dev.kmq.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The standard streams of a run, and which of them are terminals.
 *
 * @param in standard input
 * @param out standard output, for text in UTF-8 and for bytes
 * @param err standard error
 * @param outputIsTerminal whether a person sees standard output
 * @param errorIsTerminal whether a person sees standard error
 */
record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outputIsTerminal,
    boolean errorIsTerminal) {

  /** The streams of the process. */
  static Terminal ofProcess() {
    // Set by the launcher, since Java cannot tell one stream from the other.
    Set<String> terminals = Set.of(System.getProperty("kmq.terminals", "").split(",", -1));
    return new Terminal(
        System.in,
        utf8(new FileOutputStream(FileDescriptor.out)),
        utf8(new FileOutputStream(FileDescriptor.err)),
        terminals.contains("out"),
        terminals.contains("err"));
  }

  /** Text in UTF-8 whatever the locale. */
  static PrintStream utf8(OutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
