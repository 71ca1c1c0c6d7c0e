package dev.kmq.cli;

import picocli.CommandLine.Option;

/** How a command tells what it did. */
final class ReportOptions {
  @Option(
      names = "--json",
      description = "One JSON object per input on standard output, failed inputs included.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only warnings and failures.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Stack traces of failures.")
  boolean verbose;
}
