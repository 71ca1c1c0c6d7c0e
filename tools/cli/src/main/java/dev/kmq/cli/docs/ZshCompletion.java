package dev.kmq.cli.docs;

import dev.kmq.cli.docs.Verb.Argument;
import java.util.List;

/** The completion script of zsh, for a folder of {@code fpath} or to be sourced. */
final class ZshCompletion {
  private static final String START =
      """
      #compdef kmq
      # Completion of kmq for zsh, written by 'kmq completion zsh'.
      _kmq() {
        local context state state_descr line
        typeset -A opt_args
        local -a verbs
        verbs=(
      """;

  private static final String MIDDLE =
      """
          '1: :->verb' '*:: :->arguments'
        case $state in
          verb) _describe -t commands 'kmq command' verbs ;;
          arguments)
            case $words[1] in
      """;

  private static final String END =
      """
            esac
            ;;
        esac
      }
      if [ "$funcstack[1]" = "_kmq" ]; then
        _kmq "$@"
      else
        compdef _kmq kmq
      fi
      """;

  private ZshCompletion() {}

  static String of(Verb root, List<Verb> verbs) {
    StringBuilder script = new StringBuilder(START);
    for (Verb verb : verbs) {
      script.append(Shell.line(4, Shell.quoted(verb.name() + ":" + verb.summary())));
    }
    script.append(Shell.line(2, ")"));
    script.append(Shell.line(2, "_arguments -C \\"));
    for (Argument option : root.options()) {
      script.append(Shell.line(4, option(option) + " \\"));
    }
    script.append(MIDDLE);
    for (Verb verb : verbs) {
      script.append(Shell.line(8, verb.name() + ")"));
      script.append(Shell.line(10, "_arguments -s \\"));
      for (Argument option : verb.options()) {
        script.append(Shell.line(12, option(option) + " \\"));
      }
      List<String> values =
          verb.operands().stream().flatMap(operand -> operand.values().stream()).toList();
      String files = values.isEmpty() ? "_files" : "(" + String.join(" ", values) + ")";
      script.append(Shell.line(12, Shell.quoted("*:" + operands(verb) + ":" + files)));
      script.append(Shell.line(10, ";;"));
    }
    return script.append(END).toString();
  }

  private static String operands(Verb verb) {
    return String.join(" ", verb.operands().stream().map(Argument::label).toList());
  }

  /** An option as {@code _arguments} takes it; a long name and its value are joined by "=". */
  private static String option(Argument option) {
    String tail = "[" + option.description().replace("[", "(").replace("]", ")") + "]";
    if (option.takesValue()) {
      tail += ":" + option.label().replace(":", "\\:") + ":" + action(option);
    }
    if (option.names().size() == 1) {
      return Shell.quoted(name(option, option.longName()) + tail);
    }
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(names.isEmpty() ? "" : ",").append(name(option, name));
    }
    String excluded = Shell.quoted("(" + String.join(" ", option.names()) + ")");
    return excluded + "{" + names + "}" + Shell.quoted(tail);
  }

  private static String name(Argument option, String name) {
    if (!option.takesValue()) {
      return name;
    }
    return name + (name.startsWith("--") ? "=" : "+");
  }

  private static String action(Argument option) {
    String values = String.join(" ", option.values());
    if (values.isEmpty()) {
      return option.file() ? "_files" : " ";
    }
    return option.file() ? "{_values word " + values + "; _files}" : "(" + values + ")";
  }
}
