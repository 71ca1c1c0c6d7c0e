package dev.kmq.cli;

import picocli.CommandLine.Option;

/** Options for reports. */
final class ReportOptions {
  @Option(names = "--json", description = "Print one JSON object per input.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only warnings and failures.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print more about each output, and stack traces of failures.")
  boolean verbose;
}
