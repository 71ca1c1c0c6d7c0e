package dev.kmq.bench;

import java.io.PrintStream;
import java.util.List;

/** A Markdown table, printed row by row: a column of names, then columns of numbers. */
final class Table {
  private final PrintStream out;

  /** Prints the head of a table. */
  Table(PrintStream out, String names, List<String> columns) {
    this.out = out;
    row(names, columns);
    out.println("|---|" + "---:|".repeat(columns.size()));
  }

  /** Prints a row. */
  void row(String name, List<String> cells) {
    out.println("| " + name + " | " + String.join(" | ", cells) + " |");
  }
}
