package dev.kmq.cli;

import picocli.CommandLine.Option;

/** The number of threads of a command. */
final class JobOptions {
  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Number of threads (default: number of processors).")
  int jobs = Runtime.getRuntime().availableProcessors();

  void check() {
    if (jobs < 1) {
      throw new UsageException("--jobs must be at least 1, not " + jobs);
    }
  }

  /** Number of threads for each input. */
  int threadsEach(int inputs) {
    return Math.max(1, jobs / Math.max(1, Math.min(jobs, inputs)));
  }
}
