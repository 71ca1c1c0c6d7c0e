package dev.kmq.bench;

import java.io.IOException;
import java.io.PrintStream;

/**
 * A part of a report.
 *
 * @param name the name that selects it in arguments
 * @param title its heading
 * @param figures what prints its tables to standard output
 */
record Section(String name, String title, Figures figures) {
  /** Measures, and prints tables. */
  @FunctionalInterface
  interface Figures {
    void print() throws IOException, InterruptedException;
  }

  /** Prints heading and tables; reports progress on standard error. */
  void print(PrintStream out) throws IOException, InterruptedException {
    System.err.println(title);
    out.println("## " + title);
    out.println();
    figures.print();
    out.println();
  }
}
