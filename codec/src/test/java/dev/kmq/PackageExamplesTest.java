package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the examples in the documentation of exported packages. */
final class PackageExamplesTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @TempDir Path folder;

  @Test
  void thePackagesWithExamplesAreTheExportedOnes() throws IOException {
    Set<String> exported = new TreeSet<>();
    String module = Files.readString(SOURCES.resolve("module-info.java"));
    Matcher exports = Pattern.compile("exports ([\\w.]+);").matcher(module);
    while (exports.find()) {
      exported.add(exports.group(1));
    }
    // The tests below run these.
    assertEquals(
        Set.of("dev.kmq", "dev.kmq.concurrent", "dev.kmq.container", "dev.kmq.image"), exported);
  }

  @Test
  void gradientAndTileServer() throws Exception {
    String file = folder.resolve("gradient.kmq").toString();
    assertEquals(List.of("mix, 64 colours"), run("dev.kmq", file));
    assertEquals(64, Kmq.read(Path.of(file)).palette().size());
    List<String> parts = run("dev.kmq.container", file);
    assertEquals(8, parts.size());
    assertEquals(Set.of("8192 pixels"), Set.copyOf(parts));
  }

  @Test
  void dropUnused() throws Exception {
    assertEquals(List.of("2 colours, mse 0.0"), run("dev.kmq.image"));
  }

  @Test
  void retry() throws Exception {
    List<String> lines = run("dev.kmq.concurrent");
    // The first attempt is cancelled at once, unless it ends before another thread starts.
    assertTrue(lines.get(0).equals("cancelled") || lines.get(0).endsWith(" bytes"), lines.get(0));
    assertEquals("100 %", lines.get(lines.size() - 2));
    assertTrue(lines.get(lines.size() - 1).endsWith(" bytes"), lines.toString());
  }

  private List<String> run(String packageName, String... arguments) throws Exception {
    String example =
        Files.readAllLines(SOURCES.resolve(packageName.replace('.', '/') + "/package-info.java"))
            .stream()
            .dropWhile(line -> !line.contains("<pre>{@code"))
            .skip(1)
            .takeWhile(line -> !line.contains("}</pre>"))
            .map(line -> line.replaceFirst("^ \\* ?", ""))
            .collect(Collectors.joining("\n"));
    Matcher name = Pattern.compile("public final class (\\w+)").matcher(example);
    assertTrue(name.find(), packageName);
    Path program = Files.writeString(folder.resolve(name.group(1) + ".java"), example);
    StringWriter messages = new StringWriter();
    PrintWriter to = new PrintWriter(messages);
    ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
    String classPath = "target/classes";
    int result =
        compiler.run(to, to, "-Xlint:all", "-Werror", "-cp", classPath, program.toString());
    assertEquals(0, result, messages.toString());
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader
          .loadClass(name.group(1))
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
