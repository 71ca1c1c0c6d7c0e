package dev.kmq.cli;

import picocli.CommandLine.Option;

/** How many threads a command may use. */
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

  /** Threads for each of so many inputs. */
  int threadsEach(int inputs) {
    return Math.max(1, jobs / Math.max(1, Math.min(jobs, inputs)));
  }
}
