package dev.kmq.cli.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command with its options, as completion and man pages need it.
 *
 * @param name its name, {@code encode} for example
 * @param description one or two sentences
 * @param help whether it shows the help of other commands
 * @param options its options, by their long names
 * @param operands its positional parameters
 * @param examples command lines
 */
record Verb(
    String name,
    String description,
    boolean help,
    List<Argument> options,
    List<Argument> operands,
    List<String> examples) {

  /**
   * An option or a positional parameter.
   *
   * @param names of an option, the short one first; empty for a positional parameter
   * @param label what stands for its value, or "" if it takes none
   * @param description what it does
   * @param values the values that it accepts, or empty if they are not a few words
   * @param file whether a value may be the name of a file or folder
   */
  record Argument(
      List<String> names, String label, String description, List<String> values, boolean file) {
    boolean takesValue() {
      return !label.isEmpty();
    }

    String longName() {
      return names.get(names.size() - 1);
    }
  }

  /** The verbs of a command, in the order of its help. */
  static List<Verb> of(CommandLine root, Words words) {
    return root.getSubcommands().values().stream()
        .map(line -> of(line.getCommandSpec(), words))
        .toList();
  }

  static Verb of(CommandSpec spec, Words words) {
    List<Argument> options = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      // The version is that of the command as a whole.
      if (!option.hidden() && !(option.versionHelp() && spec.parent() != null)) {
        List<String> names = new ArrayList<>(Arrays.asList(option.names()));
        names.sort(Comparator.comparingInt(String::length));
        options.add(argument(option, names, words));
      }
    }
    options.sort(
        Comparator.comparing(
            option -> option.longName().replace("-", "").toLowerCase(Locale.ROOT)));
    List<Argument> operands =
        spec.positionalParameters().stream()
            .map(operand -> argument(operand, List.of(), words))
            .toList();
    String description = text(spec.usageMessage().description());
    return new Verb(
        spec.name(),
        description,
        spec.helpCommand(),
        List.copyOf(options),
        operands,
        words.examples(spec.name()));
  }

  private static Argument argument(ArgSpec spec, List<String> names, Words words) {
    List<String> values = words.values(spec);
    String many = !spec.isOption() && spec.arity().max() > 1 ? "..." : "";
    String label = spec.arity().max() == 0 ? "" : spec.paramLabel() + many;
    boolean file =
        label.contains("FILE")
            || List.of("DIR", "OUT").contains(label)
            || names.isEmpty() && values.isEmpty();
    return new Argument(List.copyOf(names), label, text(spec.description()), values, file);
  }

  /** Lines of picocli, which are formats and may contain styles, as one text. */
  static String text(String... lines) {
    return Ansi.OFF.string(String.format(Locale.ROOT, String.join(" ", lines))).strip();
  }

  /** The first sentence of the description, without its full stop. */
  String summary() {
    return description.replaceAll("[.;] .*|[.]$", "");
  }
}
