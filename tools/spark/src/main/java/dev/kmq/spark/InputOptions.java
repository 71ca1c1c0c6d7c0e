package dev.kmq.spark;

import dev.kmq.container.Limits;
import dev.kmq.file.Inputs;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options for the inputs of a command. */
final class InputOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "IN",
      description = "Files, folders, tar, zip and 7z archives: paths, URLs and their patterns.")
  List<String> arguments = new ArrayList<>();

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

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse images of more pixels (default: 268435456).")
  long maxPixels = Limits.defaults().maxPixels();

  @Option(
      names = "--max-work",
      paramLabel = "N",
      description = "Refuse a .kmq estimated to take more than N ns to decode.")
  long maxWork = Limits.defaults().maxWork();

  @Option(
      names = "--shard-bytes",
      paramLabel = "N",
      description =
          "Bytes of the inputs of a shard (default: a 64th of all, from 4194304 to 67108864).")
  long shardBytes;

  @Option(
      names = "--large",
      paramLabel = "N",
      description = "Inputs above N bytes get a task of their own (default: 16777216).")
  long large = 16 << 20;

  void check() {
    atLeastOne("--max-pixels", maxPixels);
    atLeastOne("--max-work", maxWork);
    atLeastOne("--large", large);
    if (shardBytes < 0) {
      atLeastOne("--shard-bytes", shardBytes);
    }
    globs("--include", include);
    globs("--exclude", exclude);
  }

  static void atLeastOne(String option, long value) {
    if (value < 1) {
      throw new UsageException(option + " must be at least 1, not " + value);
    }
  }

  private static void globs(String option, List<String> globs) {
    for (String glob : globs) {
      try {
        Inputs.matcher(glob);
      } catch (IllegalArgumentException e) {
        throw new UsageException(option + ": '" + glob + "' is not a valid pattern of file names");
      }
    }
  }

  Filter filter() {
    return new Filter(include, exclude);
  }
}
