package dev.kmq.dist;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** A Java runtime of the modules that the command needs, for the system of the build. */
final class JavaRuntime {
  private JavaRuntime() {}

  /** Links a runtime into a folder, which is replaced. */
  static void link(Path jar, Path folder) throws IOException, InterruptedException {
    delete(folder);
    String modules =
        run(
                "jdeps",
                "--print-module-deps",
                "--ignore-missing-deps",
                "--multi-release=17",
                jar.toString())
            .strip();
    run(
        "jlink",
        "--add-modules",
        modules,
        "--output",
        folder.toString(),
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        "--compress=2");
    // The archive of the JDK's own classes, which that of the command extends.
    Process dump =
        new ProcessBuilder(folder.resolve("bin/java").toString(), "-Xshare:dump", "-Xlog:disable")
            .inheritIO()
            .start();
    if (dump.waitFor() != 0) {
      throw new IOException("the linked runtime cannot write its class-data archive");
    }
  }

  /** The system, as it appears in names of files: {@code linux-x86_64} for example. */
  static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceAll(" .*", "");
    return name + "-" + System.getProperty("os.arch").replace("amd64", "x86_64");
  }

  private static String run(String tool, String... arguments) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ToolProvider provider =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IOException("this JDK has no " + tool + "; use a whole one"));
    if (provider.run(new PrintWriter(out), new PrintWriter(err), arguments) != 0) {
      throw new IOException(tool + ": " + out + err);
    }
    return out.toString();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> files;
      try (Stream<Path> walk = Files.walk(folder)) {
        files = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
