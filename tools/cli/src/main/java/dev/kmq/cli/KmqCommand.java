package dev.kmq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kmq.OptionException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code kmq} command. */
@Command(
    name = "kmq",
    description = "Indexed-colour images by k-means: encode, decode, inspect and compare.",
    versionProvider = Version.Provider.class,
    synopsisSubcommandLabel = "COMMAND",
    abbreviateSynopsis = true,
    footer = ExitCodes.FOOTER_WITH_TARGET)
public final class KmqCommand {
  /** The verbs in the order of the help. */
  private static final List<String> VERBS =
      List.of(
          "encode",
          "decode",
          "info",
          "check",
          "sweep",
          "compare",
          "palette",
          "view",
          "thumbnail",
          "completion",
          "help");

  final Terminal terminal;

  /** Runs the command and exits the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), System.getenv(DefaultOptions.VARIABLE), args));
  }

  /** Runs the command without default options. */
  static int run(Terminal terminal, String... args) {
    return run(terminal, null, args);
  }

  /**
   * Runs the command.
   *
   * @param defaults options that those of the arguments override, or null
   */
  static int run(Terminal terminal, @Nullable String defaults, String[] args) {
    System.setProperty("java.awt.headless", "true");
    // Digits are ASCII in every locale.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    if (args.length == 0) {
      CommandLine line = commandLine(terminal);
      line.getErr().print(HelpText.brief(line));
      line.getErr().flush();
      return ExitCodes.USAGE;
    }
    int exit;
    try {
      exit = execute(terminal, defaults, args);
    } catch (Error e) {
      // Failures of inputs are handled before; this one concerns the run.
      exit = failed(terminal, e);
    }
    // PrintStream reports failures only on request.
    if (exit == ExitCodes.DONE && terminal.out().checkError()) {
      terminal.err().println("kmq: cannot write to standard output; the report is incomplete");
      return ExitCodes.FAILED;
    }
    return exit;
  }

  private static int execute(Terminal terminal, @Nullable String defaults, String[] args) {
    if (defaults == null && asksForVersion(args)) {
      return execute(terminal, "kmq", () -> printVersion(terminal));
    }
    if (defaults == null) {
      Callable<Integer> plain = PlainArguments.command(new KmqCommand(terminal), args);
      return plain == null
          ? commandLine(terminal, verbs(args)).execute(args)
          : execute(terminal, "kmq " + args[0], plain);
    }
    CommandLine line = commandLine(terminal);
    try {
      return execute(terminal, DefaultOptions.attempts(args, defaults, line));
    } catch (UsageException e) {
      return wrongUsage(line, String.valueOf(e.getMessage()));
    }
  }

  private static boolean asksForVersion(String[] args) {
    return args.length == 1 && (args[0].equals("-V") || args[0].equals("--version"));
  }

  /** Prints what picocli prints. */
  private static int printVersion(Terminal terminal) throws IOException {
    for (String line : new Version.Provider().getVersion()) {
      terminal.out().println(line);
    }
    return ExitCodes.DONE;
  }

  private static int execute(Terminal terminal, String name, Callable<Integer> command) {
    try {
      return command.call();
    } catch (Exception e) {
      return failed(terminal, new PrintWriter(terminal.err(), true, UTF_8), name, e);
    }
  }

  /** Runs the first attempt that is not wrong usage; of wrong usage, nothing has been done. */
  private static int execute(Terminal terminal, List<String[]> attempts) {
    for (int i = 0; ; i++) {
      CommandLine line = commandLine(terminal);
      boolean last = i == attempts.size() - 1;
      if (!last) {
        line.setErr(new PrintWriter(Writer.nullWriter()));
      }
      int exit = line.execute(attempts.get(i));
      if (exit != ExitCodes.USAGE || last) {
        return exit;
      }
    }
  }

  /** The verbs that a run needs. To set up one takes long, to set up all much longer. */
  private static List<String> verbs(String[] args) {
    String first = args[0];
    boolean one = VERBS.contains(first) && !first.equals("help"); // which describes the others
    return one ? List.of(first) : VERBS;
  }

  /** The command with all verbs, for one run. */
  static CommandLine commandLine(Terminal terminal) {
    return commandLine(terminal, VERBS);
  }

  private static Object verb(String name) {
    return switch (name) {
      case "encode" -> new EncodeCommand();
      case "decode" -> new DecodeCommand();
      case "info" -> new InfoCommand();
      case "check" -> new CheckCommand();
      case "sweep" -> new SweepCommand();
      case "compare" -> new CompareCommand();
      case "palette" -> new PaletteCommand();
      case "view" -> new ViewCommand();
      case "thumbnail" -> new ThumbnailCommand();
      case "completion" -> new CompletionCommand();
      case "help" -> new CommandLine.HelpCommand();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static CommandLine commandLine(Terminal terminal, List<String> verbs) {
    CommandLine line = new CommandLine(new KmqCommand(terminal));
    for (String verb : verbs) {
      line.addSubcommand(verb(verb));
    }
    // So that an alias or KMQ_OPTS can set a default.
    line.setOverwrittenOptionsAllowed(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(
        Help.defaultColorScheme(
            terminal.outputIsTerminal() && terminal.styled() ? Help.Ansi.ON : Help.Ansi.OFF));
    // An argument that starts with @ is a file name.
    line.setExpandAtFiles(false);
    HelpText.addTo(line);
    line.setOut(new PrintWriter(terminal.out(), true, UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, UTF_8));
    line.setParameterExceptionHandler(
        (e, arguments) -> wrongUsage(e.getCommandLine(), UsageMessages.of(e)));
    line.setExecutionExceptionHandler(
        (e, command, result) ->
            failed(terminal, command.getErr(), command.getCommandSpec().qualifiedName(), e));
    line.setExecutionStrategy(
        parsed -> {
          checkArguments(parsed);
          ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
          if (last.hasMatchedOption("-h")) {
            CommandLine asked = last.commandSpec().commandLine();
            asked.getOut().print(HelpText.brief(asked));
            asked.getOut().flush();
            return ExitCodes.DONE;
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    return line;
  }

  /** Refuses what picocli accepts: an unknown command with --help, and empty arguments. */
  private static void checkArguments(ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    if (line.getParent() == null && !parsed.unmatched().isEmpty()) {
      throw new UnmatchedArgumentException(line, parsed.unmatched());
    }
    for (ArgSpec argument : parsed.matchedArgs()) {
      if (argument.originalStringValues().contains("")) {
        String name =
            argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        throw new ParameterException(line, name + " must not be empty");
      }
    }
    if (parsed.hasSubcommand()) {
      checkArguments(parsed.subcommand());
    }
  }

  /** Reports the failure of a command. */
  private static int failed(Terminal terminal, PrintWriter err, String name, Exception failure) {
    if (failure instanceof UsageException) {
      return wrongUsage(err, name, String.valueOf(failure.getMessage()));
    }
    if (failure instanceof OptionException option) {
      return wrongUsage(err, name, option.message(OptionNames::flag, OptionNames::method));
    }
    return failed(terminal, failure);
  }

  private static int failed(Terminal terminal, Throwable failure) {
    terminal.err().println("kmq: " + Printable.line(Failures.message(failure)));
    return ExitCodes.FAILED;
  }

  private static int wrongUsage(CommandLine command, String message) {
    return wrongUsage(command.getErr(), command.getCommandSpec().qualifiedName(), message);
  }

  private static int wrongUsage(PrintWriter err, String name, String message) {
    err.println(name + ": " + Printable.line(message.replaceAll("\\s*\\R\\s*", " ")));
    err.println("Try '" + name + " --help'.");
    return ExitCodes.USAGE;
  }

  private KmqCommand(Terminal terminal) {
    this.terminal = terminal;
  }
}
