package dev.kmq.spark;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program: its commands, messages and exit codes. */
@Command(
    name = "kmq-spark",
    mixinStandardHelpOptions = true,
    version = "kmq-spark, part of kmq",
    description = "Encode collections of images as .kmq on Spark.",
    subcommands = {EncodeCommand.class, PaletteCommand.class, VerifyCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class KmqSpark {
  /** The work is done. */
  static final int DONE = 0;

  /** The work could not be done, or {@code verify} found a difference. */
  static final int FAILED = 1;

  /** Invalid usage. */
  static final int USAGE = 2;

  private KmqSpark() {}

  /**
   * Runs a command and ends the process unless it is done.
   *
   * @param arguments the name of the command and its options
   */
  public static void main(String[] arguments) {
    int code = run(arguments);
    if (code != DONE) {
      System.exit(code);
    }
  }

  /** Runs a command and returns its exit code. */
  static int run(String... arguments) {
    CommandLine line = new CommandLine(new KmqSpark());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(KmqSpark::usage);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          say(Failure.message(failure));
          return failure instanceof UsageException ? USAGE : FAILED;
        });
    line.setExecutionStrategy(
        parsed -> {
          if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested()) {
            line.usage(line.getErr());
            return USAGE;
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    return line.execute(arguments);
  }

  private static int usage(ParameterException failure, String[] arguments) {
    say(String.valueOf(failure.getMessage()));
    say("try '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
    return USAGE;
  }

  /** A number and a noun, in the plural unless there is one. */
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** A number as all messages have it. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Writes a line to standard error. */
  static void say(String line) {
    System.err.println("kmq-spark: " + line);
  }
}
