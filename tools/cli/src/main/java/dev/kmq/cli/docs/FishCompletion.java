package dev.kmq.cli.docs;

import dev.kmq.cli.docs.Verb.Argument;
import java.util.List;

/** The completion script of fish. */
final class FishCompletion {
  private FishCompletion() {}

  static String of(Verb root, List<Verb> verbs) {
    StringBuilder script =
        new StringBuilder("# Completion of kmq for fish, written by 'kmq completion fish'.\n");
    script.append("complete -c kmq -e\n");
    String first = "complete -c kmq -n __fish_use_subcommand";
    for (Argument option : root.options()) {
      script.append(first).append(option(option)).append('\n');
    }
    for (Verb verb : verbs) {
      String summary = Shell.fishQuoted(verb.summary());
      script.append(first).append(" -f -a " + verb.name() + " -d " + summary).append('\n');
    }
    for (Verb verb : verbs) {
      String seen =
          "complete -c kmq -n " + Shell.fishQuoted("__fish_seen_subcommand_from " + verb.name());
      for (Argument option : verb.options()) {
        script.append(seen).append(option(option)).append('\n');
      }
      for (Argument operand : verb.operands()) {
        if (!operand.values().isEmpty()) {
          script
              .append(seen)
              .append(" -f -a ")
              .append(Shell.fishQuoted(String.join(" ", operand.values())))
              .append('\n');
        }
      }
    }
    return script.toString();
  }

  private static String option(Argument option) {
    StringBuilder words = new StringBuilder();
    for (String name : option.names()) {
      words.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.takesValue()) {
      words.append(option.file() ? " -r -F" : " -x");
    }
    if (!option.values().isEmpty()) {
      words.append(" -a ").append(Shell.fishQuoted(String.join(" ", option.values())));
    }
    return words + " -d " + Shell.fishQuoted(option.description());
  }
}
