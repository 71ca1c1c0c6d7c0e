package dev.kmq.cli;

import dev.kmq.container.Limits;
import picocli.CommandLine.Option;

/** Options for limits on inputs. */
final class LimitOptions {
  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse larger images (default: 268435456 pixels).")
  long maxPixels = Limits.defaults().maxPixels();

  @Option(
      names = "--max-work",
      paramLabel = "N",
      description = "Most ns of decoding a .kmq (default: 137438953472).")
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
