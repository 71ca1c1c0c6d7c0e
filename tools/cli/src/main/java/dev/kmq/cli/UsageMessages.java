package dev.kmq.cli;

import dev.kmq.container.Format;
import dev.kmq.picture.PictureReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Messages on wrong usage: what is wrong, and what was probably meant. */
final class UsageMessages {
  /** picocli's message about an invalid value of an enum. */
  private static final Pattern ENUM_VALUES =
      Pattern.compile("expected one of \\[([^]]*)] \\(case-insensitive\\) but was '(.*)'");

  /** The message of picocli's {@code help} about an unknown command. */
  private static final Pattern UNKNOWN_COMMAND = Pattern.compile("Unknown subcommand '(.*)'\\.");

  /** picocli's message about an unknown option. */
  private static final Pattern UNKNOWN_OPTION = Pattern.compile("Unknown options?: '([^']*)'.*");

  /** Options of other programs, with what there is instead. */
  private static final Map<String, String> HABITS =
      Map.of(
          "--quality", "-k, or --target-psnr",
          "--ext", "--name",
          "--speed", "--effort",
          "--nofs", "--dither none",
          "--lossless", "no option: images with up to K colours are stored exactly",
          "--output-dir", "--out-dir",
          "--colours", "--colors");

  private UsageMessages() {}

  static String of(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    CommandLine command = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched && command.getParent() == null) {
      return unknownCommand(command, unmatched.getUnmatched().get(0));
    }
    Matcher option = UNKNOWN_OPTION.matcher(message);
    if (option.matches()) {
      return unknownOption(command, option.group(1));
    }
    Matcher unknown = UNKNOWN_COMMAND.matcher(message);
    if (unknown.matches()) {
      return unknownCommand(command, unknown.group(1));
    }
    return ENUM_VALUES
        .matcher(message)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    "'%s' is not one of %s"
                        .formatted(found.group(2), found.group(1).toLowerCase(Locale.ROOT))))
        .replaceAll("is not an? (int|long)$", "is not an integer")
        .replaceAll("is not a double$", "is not a number");
  }

  private static String unknownOption(CommandLine command, String given) {
    int equals = given.indexOf('=');
    String name = equals < 0 ? given : given.substring(0, equals);
    String instead = HABITS.get(name);
    if (instead != null) {
      return "unknown option '" + given + "'; use " + instead;
    }
    List<String> names = new ArrayList<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      names.add(option.longestName());
    }
    return "unknown option '" + given + "'" + suggestion(name, names);
  }

  private static String unknownCommand(CommandLine root, String name) {
    if (name.startsWith("-")) {
      return "unknown option '" + name + "'; most options follow a command, as in 'kmq encode -v'";
    }
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    boolean kmq = suffix.equals(Format.SUFFIX);
    if (name.indexOf('.') >= 0 && (kmq || PictureReader.suffixes().contains(suffix))) {
      String verb = kmq ? "decode" : "encode";
      return "unknown command '%s'; did you mean 'kmq %s %s'?".formatted(name, verb, name);
    }
    List<String> commands = new ArrayList<>(root.getSubcommands().keySet());
    return "unknown command '%s'%s; one of: %s"
        .formatted(name, suggestion(name, commands), String.join(", ", commands));
  }

  /** The name that a misspelled one is closest to, if it is close. */
  private static String suggestion(String given, List<String> names) {
    return names.stream()
        .min(Comparator.comparingInt((String name) -> edits(given, name)))
        .filter(name -> edits(given, name) <= Math.max(1, given.replace("-", "").length() / 3))
        .map(name -> " (did you mean '" + name + "'?)")
        .orElse("");
  }

  /** Levenshtein's distance: letters to insert, delete or replace. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
