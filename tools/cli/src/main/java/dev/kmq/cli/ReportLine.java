package dev.kmq.cli;

import dev.kmq.file.Inputs;
import java.util.List;
import java.util.Locale;

/**
 * The first line of the report on an output: the name of the input, both sizes and more. With
 * several inputs, lines are aligned. On a terminal, long names are shortened at their start, so
 * that a line fits into 80 columns.
 */
final class ReportLine {
  private static final int LINE_COLUMNS = 80;

  /** Leaves room for sizes and the usual figures. */
  private static final int NAME_COLUMNS = 24;

  private static final int LEAST_NAME_COLUMNS = 8;

  private final int nameColumns;
  private final boolean aligned;
  private final boolean shortened;

  private ReportLine(int nameColumns, boolean aligned, boolean shortened) {
    this.nameColumns = nameColumns;
    this.aligned = aligned;
    this.shortened = shortened;
  }

  /** For reports on these inputs. */
  static ReportLine of(List<Inputs.Found> inputs, boolean toTerminal) {
    int longest = 0;
    for (Inputs.Found one : inputs) {
      longest = Math.max(longest, columns(one.name()));
    }
    return new ReportLine(Math.min(longest, NAME_COLUMNS), inputs.size() > 1, toTerminal);
  }

  /**
   * A line on an input or on all of them.
   *
   * @param name of the input
   * @param more text after the sizes, or an empty string
   */
  String of(String name, long inputBytes, long bytes, String more) {
    String before = right(SizeValue.bytes(inputBytes), 6);
    String after = right(SizeValue.bytes(bytes), 6);
    String saving = right("(" + saving(inputBytes, bytes) + ")", 8);
    String figures = "  " + before + " -> " + after + " " + saving + "  " + more;
    return (name(name, figures.length()) + figures).stripTrailing();
  }

  /** A text, at the right of columns if lines are aligned. */
  private String right(String text, int columns) {
    return aligned ? " ".repeat(Math.max(0, columns - text.length())) + text : text;
  }

  /** Columns of a name after its escaping. */
  private static int columns(String name) {
    return Printable.line(name).length();
  }

  /** The name, with what is left of a line of a terminal by figures of a length. */
  private String name(String name, int figures) {
    int room = shortened ? Math.max(LEAST_NAME_COLUMNS, LINE_COLUMNS - figures) : Integer.MAX_VALUE;
    String text = name;
    for (int i = 1; columns(text) > room && i < name.length(); i++) {
      text = "\u2026" + name.substring(i);
    }
    return text + " ".repeat(Math.max(0, Math.min(nameColumns, room) - columns(text)));
  }

  /** The difference in percent; nothing is shown as -100 % that has bytes. */
  private static String saving(long inputBytes, long bytes) {
    if (inputBytes == 0) {
      return "was empty";
    }
    double percent = 100.0 * (bytes - inputBytes) / inputBytes;
    long rounded = Math.round(percent);
    return percent > -99.5
        ? (rounded < 0 ? "" : "+") + rounded + " %"
        : String.format(Locale.ROOT, "%+.1f %%", Math.max(percent, -99.9));
  }
}
