package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs programs that tests need. */
final class Programs {
  private Programs() {}

  /** Runs a program in a folder, and returns what it prints. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IOException(List.of(command) + ": status " + exit + "\n" + out);
    }
    return out;
  }

  /** Runs git in a folder with the settings of someone who signs nothing and has no hooks. */
  static String git(Path folder, String... arguments) throws IOException, InterruptedException {
    Stream<String> settings =
        Stream.of(
                "user.name=Ann",
                "user.email=ann@example.org",
                "commit.gpgSign=false",
                "tag.gpgSign=false",
                "core.hooksPath=/dev/null")
            .flatMap(setting -> Stream.of("-c", setting));
    return run(
        folder,
        Stream.of(Stream.of("git"), settings, Stream.of(arguments))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  /** Skips the test if a program is missing, except in CI. */
  static void require(String program) throws InterruptedException {
    boolean found;
    try {
      run(Path.of("."), program, "--version");
      found = true;
    } catch (IOException e) {
      found = false;
    }
    if (System.getenv("CI") != null && !found) {
      throw new AssertionError(program + " is not installed");
    }
    assumeTrue(found, program + " is not installed");
  }
}
