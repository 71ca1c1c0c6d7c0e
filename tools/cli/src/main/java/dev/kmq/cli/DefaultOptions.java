package dev.kmq.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of the environment variable {@code KMQ_OPTS}, which a user sets for all runs. They
 * come before those of the command line, which therefore win. A command ignores the options that
 * only others have, and those that contradict its command line.
 */
final class DefaultOptions {
  /** The name of the variable. */
  static final String VARIABLE = "KMQ_OPTS";

  /** Options of which a command takes one. */
  private static final List<Set<String>> ALTERNATIVES =
      List.of(
          Set.of("--colors", "--palette"),
          Set.of("--method", "--small"),
          Set.of("--output", "--out-dir"),
          Set.of("--name", "--keep-suffix", "--output"),
          Set.of("--force", "--skip-existing", "--update"));

  /** A word of an option with the value that may follow. */
  private record Given(String name, List<String> words) {}

  private final CommandLine root;
  private final CommandLine command;

  private DefaultOptions(CommandLine root, CommandLine command) {
    this.root = root;
    this.command = command;
  }

  /**
   * The arguments of a run with the default options.
   *
   * @param defaults value of the variable, or null if it is not set
   * @throws UsageException if the value has anything but options of commands
   */
  static String[] addTo(String[] arguments, @Nullable String defaults, CommandLine root) {
    CommandLine command = arguments.length == 0 ? null : root.getSubcommands().get(arguments[0]);
    if (defaults == null || command == null) {
      return arguments;
    }
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    List<String> words = new ArrayList<>(List.of(arguments[0]));
    words.addAll(new DefaultOptions(root, command).chosen(words(defaults), rest));
    words.addAll(rest);
    return words.toArray(new String[0]);
  }

  private List<String> chosen(List<String> words, List<String> arguments) {
    Set<String> excluded = new HashSet<>();
    for (String argument : arguments) {
      if (argument.equals("--")) {
        break;
      }
      OptionSpec option = find(command, argument);
      for (Set<String> group : ALTERNATIVES) {
        if (option != null && group.contains(option.longestName())) {
          excluded.addAll(group);
          excluded.remove(option.longestName());
        }
      }
      if (option != null && option.isMultiValue()) {
        excluded.add(option.longestName()); // values would be added to its own
      }
    }
    List<String> chosen = new ArrayList<>();
    for (Given given : given(words)) {
      if (command.getCommandSpec().findOption(given.name) != null
          && !excluded.contains(given.name)) {
        chosen.addAll(given.words);
      }
    }
    return chosen;
  }

  private List<Given> given(List<String> words) {
    List<Given> all = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      OptionSpec option = find(command, word);
      for (CommandLine other : root.getSubcommands().values()) {
        option = option == null ? find(other, word) : option;
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
