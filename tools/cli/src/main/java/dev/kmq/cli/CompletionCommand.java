package dev.kmq.cli;

import dev.kmq.cli.docs.Documentation;
import dev.kmq.cli.docs.Words;
import dev.kmq.colors.NamedPalette;
import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints the script that completes the command's words in a shell. */
@Command(
    name = "completion",
    description = "Print a script that completes commands in a shell.",
    footer = ExitCodes.FOOTER)
final class CompletionCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  Documentation.Shells shell = Documentation.Shells.BASH;

  @Override
  public Integer call() {
    kmq.terminal.out().print(documentation(KmqCommand.commandLine(kmq.terminal)).completion(shell));
    return ExitCodes.DONE;
  }

  static Documentation documentation(CommandLine line) {
    return new Documentation(
        line,
        new Words() {
          @Override
          public List<String> values(ArgSpec argument) {
            return CompletionCommand.values(argument);
          }

          @Override
          public List<String> examples(String command) {
            return HelpText.examples(command);
          }
        });
  }

  /** The words that an argument accepts, if they are few. */
  static List<String> values(ArgSpec argument) {
    if (argument.command().name().equals("help") && !argument.isOption()) {
      return List.copyOf(argument.command().parent().subcommands().keySet());
    }
    String name = argument instanceof OptionSpec option ? option.longestName() : "";
    switch (name) {
      case "--dither":
        return Stream.of(Dither.values()).map(Dither::label).toList();
      case "--method":
        List<String> methods = new ArrayList<>();
        methods.add(MethodName.AUTO);
        Stream.of(Method.values()).map(Method::label).forEach(methods::add);
        return methods;
      case "--palette":
        return Stream.of(NamedPalette.values()).map(NamedPalette::label).toList();
      case "--format":
        return argument.command().name().equals("encode") ? List.of("kmq", "png") : List.of();
      case "--tile":
        return List.of("full");
      default:
        Object[] constants = argument.type().getEnumConstants();
        return constants == null
            ? List.of()
            : Arrays.stream(constants)
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }
  }
}
