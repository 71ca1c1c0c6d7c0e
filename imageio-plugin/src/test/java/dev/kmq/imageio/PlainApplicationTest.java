package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.Kmq;
import java.io.File;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that knows {@code javax.imageio} alone, in a JVM of its own. */
final class PlainApplicationTest {
  @TempDir Path folder;

  @Test
  void runsOnTheClassPath() throws Exception {
    Path classes = compile("app/Main.java");
    String path = join(codec(), plugin(), classes);
    assertEquals("as it was", run("-cp", path, "app.Main", folder.resolve("a.kmq").toString()));
  }

  @Test
  void runsOnTheModulePath() throws Exception {
    Path classes = compile("module-info.java", "app/Main.java");
    String path = join(codec(), plugin(), classes);
    assertEquals("as it was", run("-p", path, "-m", "app/app.Main", folder + "/b.kmq"));
  }

  private static Path codec() throws URISyntaxException {
    return location(Kmq.class);
  }

  private static Path plugin() throws URISyntaxException {
    return location(KmqImageReader.class);
  }

  private static Path location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String join(Path... paths) {
    List<String> names = new ArrayList<>();
    for (Path path : paths) {
      names.add(path.toString());
    }
    return String.join(File.pathSeparator, names);
  }

  private Path compile(String... sources) throws Exception {
    Path classes = folder.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
    for (String source : sources) {
      arguments.add(
          Path.of(PlainApplicationTest.class.getResource("/application/" + source).toURI())
              .toString());
    }
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    PrintWriter console = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    assertEquals(0, javac.run(console, console, arguments.toArray(new String[0])));
    return classes;
  }

  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.awt.headless=true");
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }
}
