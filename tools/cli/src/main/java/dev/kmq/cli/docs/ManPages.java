package dev.kmq.cli.docs;

import dev.kmq.cli.docs.Verb.Argument;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Man pages in the macros of man(7). */
final class ManPages {
  private static final String EXIT_STATUS =
      """
      .SH EXIT STATUS
      .TP
      0
      All inputs are done, or skipped as requested.
      .TP
      1
      At least one input failed; the others are done.
      .TP
      2
      The usage is wrong; nothing was done.
      .TP
      3
      A target could not be met.
      """;

  private static final String ENVIRONMENT =
      """
      .SH ENVIRONMENT
      .TP
      .B JAVA_HOME
      The Java installation to use, instead of
      .B java
      on the path.
      .TP
      .B KMQ_JAVA_OPTS
      Options of the JVM, such as \\-Xmx4g.
      .TP
      .B KMQ_OPTS
      Default options of the command, which the command line overrides.
      .TP
      .B NO_COLOR
      If set and not empty, nothing is coloured.
      .TP
      .B TERM
      If
      .BR dumb ,
      nothing is coloured and no progress is shown.
      .SH FILES
      .TP
      .I $XDG_CACHE_HOME/kmq
      An archive of loaded classes, which lets the JVM start fast, unless the folder of
      .I kmq.jar
      contains it. It may be deleted.
      """;

  private final String version;
  private final String date;

  ManPages(String version, String date) {
    this.version = version;
    this.date = date;
  }

  /** The page of the command as a whole. */
  String of(Verb root, List<Verb> verbs) {
    StringBuilder page = new StringBuilder();
    begin(page, root.name(), root.summary());
    page.append(".B ").append(root.name()).append("\n.I COMMAND\n[\\fIOPTIONS\\fR]\n");
    page.append(".SH DESCRIPTION\n").append(text(root.description())).append('\n');
    page.append(".SH COMMANDS\n");
    for (Verb verb : verbs) {
      item(page, bold(root.name() + "-" + verb.name()) + "(1)", verb.description());
    }
    options(page, root);
    examples(page, root);
    page.append(EXIT_STATUS).append(ENVIRONMENT);
    page.append(".SH SEE ALSO\n");
    page.append(
        verbs.stream()
            .map(verb -> ".BR " + text(root.name() + "-" + verb.name()) + " (1)")
            .collect(Collectors.joining(",\n", "", "\n")));
    return page.toString();
  }

  /** The page of a verb. */
  String of(Verb root, Verb verb) {
    StringBuilder page = new StringBuilder();
    begin(page, root.name() + "-" + verb.name(), verb.summary());
    page.append(bold(root.name() + " " + verb.name())).append("\n[\\fIOPTIONS\\fR]\n");
    for (Argument operand : verb.operands()) {
      page.append(".I ").append(text(operand.label())).append('\n');
    }
    page.append(".SH DESCRIPTION\n").append(text(verb.description())).append('\n');
    for (Argument operand : verb.operands()) {
      item(page, "\\fI" + text(operand.label()) + "\\fR", operand.description());
    }
    options(page, verb);
    examples(page, verb);
    page.append(EXIT_STATUS);
    page.append(".SH SEE ALSO\n.BR ").append(root.name()).append(" (1)\n");
    return page.toString();
  }

  private void begin(StringBuilder page, String name, String summary) {
    page.append(
        ".TH %s 1 \"%s\" \"kmq %s\" \"kmq manual\"\n"
            .formatted(text(name.toUpperCase(Locale.ROOT)), date, text(version)));
    page.append(".SH NAME\n").append(text(name)).append(" \\- ");
    page.append(text(Character.toLowerCase(summary.charAt(0)) + summary.substring(1)));
    page.append("\n.SH SYNOPSIS\n");
  }

  private static void options(StringBuilder page, Verb verb) {
    page.append(".SH OPTIONS\n");
    for (Argument option : verb.options()) {
      String value = option.takesValue() ? "=\\fI" + text(option.label()) + "\\fR" : "";
      String names = option.names().stream().map(ManPages::bold).collect(Collectors.joining(", "));
      item(page, names + value, option.description());
    }
  }

  private static void examples(StringBuilder page, Verb verb) {
    if (!verb.examples().isEmpty()) {
      page.append(".SH EXAMPLES\n.EX\n");
      verb.examples().forEach(line -> page.append(text(line)).append('\n'));
      page.append(".EE\n");
    }
  }

  private static void item(StringBuilder page, String term, String description) {
    page.append(".TP\n").append(term).append('\n').append(text(description)).append('\n');
  }

  private static String bold(String word) {
    return "\\fB" + text(word) + "\\fR";
  }

  /** Text that roff prints as it is: a hyphen is U+002D, and no line is a request. */
  private static String text(String words) {
    String escaped = words.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
