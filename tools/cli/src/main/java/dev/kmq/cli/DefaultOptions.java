package dev.kmq.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of the environment variable {@code KMQ_OPTS}, which a user sets for all runs. They
 * come before those of the command line, which therefore win. A command ignores the options that it
 * does not have, and those that contradict its command line.
 */
final class DefaultOptions {
  /** The name of the variable. */
  static final String VARIABLE = "KMQ_OPTS";

  /** Up to this number of options, all subsets are tried; there are 2 to the power of it. */
  private static final int MOST_COMBINED = 6;

  /** An option with its value, if it has one. */
  private record Given(String name, List<String> words) {}

  private final CommandLine root;
  private final CommandLine command;

  private DefaultOptions(CommandLine root, CommandLine command) {
    this.root = root;
    this.command = command;
  }

  /**
   * The arguments of a run with the default options, then with fewer and fewer of them, to be tried
   * until they do not contradict each other. The last ones are those of the command line alone.
   *
   * @param defaults value of the variable, or null if it is not set
   * @throws UsageException if the value has anything but options of commands
   */
  static List<String[]> attempts(String[] arguments, @Nullable String defaults, CommandLine root) {
    CommandLine command = arguments.length == 0 ? null : root.getSubcommands().get(arguments[0]);
    if (defaults == null || command == null || asksForHelp(arguments)) {
      return List.<String[]>of(arguments);
    }
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    List<Given> chosen = new DefaultOptions(root, command).chosen(words(defaults), rest);
    List<String[]> attempts = new ArrayList<>();
    for (int dropped : subsets(chosen.size())) {
      List<String> words = new ArrayList<>(List.of(arguments[0]));
      for (int i = 0; i < chosen.size(); i++) {
        if ((dropped >> i & 1) == 0) {
          words.addAll(chosen.get(i).words);
        }
      }
      words.addAll(rest);
      attempts.add(words.toArray(new String[0]));
    }
    return attempts;
  }

  private static boolean asksForHelp(String[] arguments) {
    List<String> words = List.of(arguments);
    return words.contains("-h") || words.contains("--help");
  }

  /** Sets of options to drop, as bits, the smaller ones first: none, one, more, all. */
  private static List<Integer> subsets(int options) {
    int all = (1 << options) - 1;
    return IntStream.rangeClosed(0, all)
        .boxed()
        .filter(set -> options <= MOST_COMBINED || Integer.bitCount(set) <= 1 || set == all)
        .sorted(Comparator.comparingInt(Integer::bitCount))
        .toList();
  }

  /** The options that the command has; values of repeatable ones would be added to its own. */
  private List<Given> chosen(List<String> words, List<String> arguments) {
    Set<String> repeated = new HashSet<>();
    for (String argument : arguments) {
      OptionSpec option = find(command, argument);
      if (option != null && option.isMultiValue()) {
        repeated.add(option.longestName());
      }
    }
    return given(words).stream()
        .filter(given -> command.getCommandSpec().findOption(given.name) != null)
        .filter(given -> !repeated.contains(given.name))
        .toList();
  }

  private List<Given> given(List<String> text) {
    List<String> words = new ArrayList<>(text);
    List<Given> all = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      OptionSpec option = find(word);
      if (option == null && word.matches("-\\w{2,}")) {
        // Letters in one word, as in -fv or -fk8.
        words.add(i + 1, "-" + word.substring(2));
        word = word.substring(0, 2);
        option = find(word);
      }
      if (option == null || option.usageHelp() || option.versionHelp()) {
        throw new UsageException(VARIABLE + ": '" + word + "' is not an option of a command");
      }
      List<String> one = new ArrayList<>(List.of(word));
      boolean attached = word.startsWith("--") ? word.indexOf('=') > 0 : word.length() > 2;
      if (option.arity().max() > 0 && !attached) {
        if (++i == words.size()) {
          throw new UsageException(VARIABLE + ": " + word + " needs a value");
        }
        one.add(words.get(i));
      }
      all.add(new Given(option.longestName(), one));
    }
    return all;
  }

  /** The option of this command, or else of another one. */
  private @Nullable OptionSpec find(String word) {
    OptionSpec option = find(command, word);
    for (CommandLine other : root.getSubcommands().values()) {
      option = option == null ? find(other, word) : option;
    }
    return option;
  }

  /** The option that a word names, with a value or without, or null. */
  private static @Nullable OptionSpec find(CommandLine command, String word) {
    boolean whole = word.startsWith("--");
    int equals = word.indexOf('=');
    String name = whole && equals > 0 ? word.substring(0, equals) : word;
    OptionSpec option = command.getCommandSpec().findOption(name);
    if (option == null && !whole && word.startsWith("-") && word.length() > 2) {
      OptionSpec letter = command.getCommandSpec().findOption(word.substring(0, 2));
      return letter != null && letter.arity().max() > 0 ? letter : null;
    }
    return word.startsWith("-") ? option : null;
  }

  /** The words of a text as a shell splits them, with quotes. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        begun = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new UsageException(VARIABLE + ": a quote (" + quote + ") is not closed");
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
