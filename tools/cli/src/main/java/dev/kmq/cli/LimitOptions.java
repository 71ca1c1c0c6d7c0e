package dev.kmq.cli;

import dev.kmq.container.Limits;
import picocli.CommandLine.Option;

/** Options for limits on inputs. */
final class LimitOptions {
  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      converter = SizeValue.class,
      description = "Refuse images of more pixels (default: 256Mi).")
  long maxPixels = Limits.defaults().maxPixels();

  @Option(
      names = "--max-work",
      paramLabel = "N",
      converter = SizeValue.class,
      description = "Refuse a .kmq estimated to take more than N ns to decode (default: 128Gi).")
  long maxWork = Limits.defaults().maxWork();

  /** The limits; refuses invalid values. */
  Limits limits() {
    check("--max-pixels", maxPixels);
    check("--max-work", maxWork);
    return Limits.defaults().withMaxPixels(maxPixels).withMaxWork(maxWork);
  }

  private static void check(String option, long value) {
    if (value < 1) {
      throw new UsageException(option + " must be at least 1, not " + value);
    }
  }
}
