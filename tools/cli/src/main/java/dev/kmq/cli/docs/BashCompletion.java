package dev.kmq.cli.docs;

import dev.kmq.cli.docs.Verb.Argument;
import java.util.List;
import java.util.stream.Collectors;

/** The completion script of bash. */
final class BashCompletion {
  private static final String START =
      """
      # Completion of kmq for bash, written by 'kmq completion bash'.
      _kmq() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb='' words='' i
        # "--option=value" is three words.
        if [[ $cur == = ]]; then
          cur=''
        elif [[ $prev == = ]]; then
          prev=${COMP_WORDS[COMP_CWORD-2]}
        fi
        for ((i = 1; i < COMP_CWORD; i++)); do
          if [[ ${COMP_WORDS[i]} != -* ]]; then
            verb=${COMP_WORDS[i]}
            break
          fi
        done
        COMPREPLY=()
        case $verb:$prev in
      """;

  private static final String MIDDLE =
      """
          *)
            case $verb:$cur in
      """;

  /** Without words, bash completes names of files. */
  private static final String END =
      """
            esac
            ;;
        esac
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
      }
      complete -o default -F _kmq kmq
      """;

  private BashCompletion() {}

  static String of(Verb root, List<Verb> verbs) {
    StringBuilder script = new StringBuilder(START);
    for (Verb verb : verbs) {
      for (Argument option : verb.options()) {
        if (!option.values().isEmpty()) {
          script.append(
              Shell.line(
                  4,
                  option.names().stream()
                          .map(name -> verb.name() + ":" + name)
                          .collect(Collectors.joining("|"))
                      + ") words='"
                      + String.join(" ", option.values())
                      + "' ;;"));
        }
      }
    }
    script.append(MIDDLE);
    script.append(Shell.line(8, ":-*) words='" + names(root) + "' ;;"));
    script.append(Shell.line(8, ":*) words='" + verbNames(verbs) + "' ;;"));
    for (Verb verb : verbs) {
      script.append(Shell.line(8, verb.name() + ":-*) words='" + names(verb) + "' ;;"));
      String operands =
          verb.operands().stream()
              .flatMap(operand -> operand.values().stream())
              .collect(Collectors.joining(" "));
      if (!operands.isEmpty()) {
        script.append(Shell.line(8, verb.name() + ":*) words='" + operands + "' ;;"));
      }
    }
    return script.append(END).toString();
  }

  private static String names(Verb verb) {
    return verb.options().stream()
        .flatMap(option -> option.names().stream())
        .collect(Collectors.joining(" "));
  }

  private static String verbNames(List<Verb> verbs) {
    return verbs.stream().map(Verb::name).collect(Collectors.joining(" "));
  }
}
