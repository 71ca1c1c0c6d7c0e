package dev.kmq.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The clone that the benchmarks were built from, and its programs.
 *
 * @param root the folder of the clone
 */
record Clone(Path root) {
  private static final Pattern SPARK = Pattern.compile("/spark-sql_[\\d.]+-([^/:]+)\\.jar");

  /** The clone that {@code tools/bench/run} names. */
  static Clone running() {
    return new Clone(Path.of(System.getProperty("kmq.root", "")));
  }

  /**
   * Builds the command if need be.
   *
   * @return its version
   * @throws IOException if it cannot be built
   */
  String buildCommand() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(root.resolve("tools/kmq").toString(), "--version")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("tools/kmq cannot be built; see above for the reason");
    }
    return text.lines().findFirst().orElse("");
  }

  /** The jar of the command. */
  Path commandJar() {
    return root.resolve("tools/cli/target/kmq.jar");
  }

  /** Starts kmq on Spark. */
  Path sparkRun() {
    return root.resolve("tools/spark/run");
  }

  /** The version of Spark, or empty if {@link #sparkRun} would have to fetch it. */
  Optional<String> sparkVersion() throws IOException {
    Path list = root.resolve("tools/spark/target/spark.classpath");
    if (!Files.exists(list)) {
      return Optional.empty();
    }
    String jars = Files.readString(list).strip();
    Matcher spark = SPARK.matcher(jars);
    boolean all = Stream.of(jars.split(":", -1)).allMatch(jar -> Files.exists(Path.of(jar)));
    return all && spark.find() ? Optional.of(spark.group(1)) : Optional.empty();
  }
}
