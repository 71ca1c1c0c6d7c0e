package dev.kmq.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the frequent commands over small images, so that their classes are loaded: the launcher lets
 * the JVM archive them. What the runs print is discarded.
 */
final class TrialRuns {
  private TrialRuns() {}

  /**
   * Runs the commands; exits with 1 if one fails.
   *
   * @param args a folder for the outputs, and images
   */
  public static void main(String[] args) {
    System.exit(run(args[0], Arrays.asList(args).subList(1, args.length)));
  }

  /** Runs the commands, and returns the exit code. */
  static int run(String folder, List<String> images) {
    List<String> files = new ArrayList<>();
    for (String image : images) {
      String name = String.valueOf(Path.of(image).getFileName());
      files.add(Path.of(folder, name.replaceFirst("\\.\\w+$", ".kmq")).toString());
    }
    int failures = 0;
    failures += run(List.of("encode", "-k", "8", "--effort", "fast", "--out-dir", folder), images);
    // Twice, because an output that is replaced is written in another way.
    String again = Path.of(folder, "again.kmq").toString();
    for (int i = 0; i < 2; i++) {
      failures += run(List.of("encode", "-f", "-k", "4", "-o", again), images.subList(0, 1));
    }
    // With a form of options that picocli reads.
    failures += run(List.of("encode", "-k5", "-f", "-o", again), images.subList(0, 1));
    failures += run(List.of("decode", "--out-dir", folder), files);
    failures += run(List.of("info"), files);
    failures += run(List.of("--version"), List.of());
    return failures == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static int run(List<String> options, List<String> files) {
    List<String> words = new ArrayList<>(options);
    words.addAll(files);
    Terminal nowhere =
        new Terminal(
            InputStream.nullInputStream(),
            Terminal.utf8(OutputStream.nullOutputStream()),
            Terminal.utf8(OutputStream.nullOutputStream()),
            false,
            false,
            false,
            false);
    return KmqCommand.run(nowhere, words.toArray(new String[0])) == ExitCodes.DONE ? 0 : 1;
  }
}
