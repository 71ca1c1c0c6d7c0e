package dev.kmq.cli;

import dev.kmq.container.Limits;
import dev.kmq.file.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options for the inputs of a command. */
final class InputOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "IN",
      description = "Files, folders (-r), zip, 7z, tar, or - for stdin.")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = {"-r", "--recursive"},
      description = "Search folders for inputs.")
  boolean recursive;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "In folders and archives, take files matching GLOB.")
  List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "In folders and archives, skip files matching GLOB.")
  List<String> exclude = new ArrayList<>();

  @Mixin LimitOptions limits = new LimitOptions();

  /** Files that options name and the command reads. */
  private final List<Path> others = new ArrayList<>();

  /** Adds a file that an option names and the command reads. */
  void alsoRead(Path file) {
    others.add(file);
  }

  /**
   * Refuses an input and an output as in other programs, before anything is done.
   *
   * @param suffixes of outputs; a missing file with that of the input is a missing input
   */
  void refuseOutput(Set<String> suffixes) {
    if (arguments.size() != 2) {
      return;
    }
    String last = arguments.get(1);
    String suffix = suffix(last);
    if (suffixes.contains(suffix) && !suffix.equals(suffix(arguments.get(0))) && isMissing(last)) {
      throw new UsageException(
          "'%s' does not exist; did you mean --output %s?".formatted(last, last));
    }
  }

  private static String suffix(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether there is no file of a name, nor a link. */
  private static boolean isMissing(String name) {
    try {
      return !Files.exists(Path.of(name), LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      return false; // another check gives the reason
    }
  }

  /** Refuses invalid values. */
  private void check() {
    limits.limits();
    checkGlobs("--include", include);
    checkGlobs("--exclude", exclude);
  }

  private static void checkGlobs(String option, List<String> globs) {
    for (String glob : globs) {
      try {
        Inputs.matcher(glob);
      } catch (IllegalArgumentException e) {
        throw new UsageException(option + ": '" + glob + "' is not a valid pattern of file names");
      }
    }
  }

  Inputs find(Terminal terminal, Set<String> suffixes) throws IOException {
    check();
    Inputs found =
        Inputs.find(
            arguments, terminal.in(), new Inputs.Selection(recursive, suffixes, include, exclude));
    for (Path file : others) {
      found.alsoRead(file);
    }
    for (String name : found.empty()) {
      String wanted =
          include.isEmpty()
              ? "." + String.join(", .", new TreeSet<>(suffixes))
              : String.join(", ", include);
      terminal
          .err()
          .println("kmq: " + Printable.line(name + ": no matching file (" + wanted + ")"));
    }
    return found;
  }

  Limits limits() {
    check();
    return limits.limits();
  }
}
