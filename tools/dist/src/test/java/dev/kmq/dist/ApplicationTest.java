package dev.kmq.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** An application that knows nothing but ImageIO, with the published jars, in every way to run. */
@Timeout(600)
class ApplicationTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final Path STAGING = ROOT.resolve("target/staging");
  private static final Path SOURCES = ROOT.resolve("imageio-plugin/src/test/resources/application");
  private static final String SERVICES = "META-INF/services/";
  private static final String WORKS = "as it was";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static Path artifact(String name) throws IOException {
    try (Stream<Path> files = Files.walk(STAGING.resolve("dev/kmq/" + name))) {
      List<Path> jars =
          files
              .filter(file -> file.getFileName().toString().matches(name + "-[0-9].*\\.jar"))
              .filter(
                  file -> !file.toString().matches(".*-(sources|javadoc|tests|cyclonedx)\\.jar"))
              .sorted()
              .toList();
      assertTrue(jars.size() > 0, "no " + name + " in " + STAGING);
      return jars.get(jars.size() - 1);
    }
  }

  private static String published() throws IOException {
    return artifact("kmq-codec") + File.pathSeparator + artifact("kmq-imageio");
  }

  /** Compiles a source of the plugin's tests, with or without a module descriptor. */
  private Path compile(String... modules) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes" + modules.length));
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "--release", "17"));
    arguments.add(SOURCES.resolve("app/Main.java").toString());
    if (modules.length > 0) {
      Path descriptor = folder.resolve("module-info.java");
      Files.writeString(
          descriptor, "module app { requires " + String.join("; requires ", modules) + "; }\n");
      arguments.add(descriptor.toString());
      arguments.addAll(List.of("-p", published()));
    }
    tool("javac", arguments);
    return classes;
  }

  private static void tool(String name, List<String> arguments) {
    PrintWriter console = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    assertEquals(0, tool.run(console, console, arguments.toArray(new String[0])), name);
  }

  private String java(String... arguments) throws IOException, InterruptedException {
    return run(Path.of(System.getProperty("java.home"), "bin", "java"), arguments);
  }

  private String run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.awt.headless=true");
    builder.environment().remove("JAVA_HOME");
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.replaceAll("Picked up JAVA_TOOL_OPTIONS: .*\\R", "").strip();
  }

  @Test
  void onTheClassPath() throws Exception {
    String path = published() + File.pathSeparator + compile();
    assertEquals(WORKS, java("-cp", path, "app.Main", "x.kmq"));
  }

  @Test
  void onTheModulePath() throws Exception {
    String path = published() + File.pathSeparator + compile("java.desktop");
    assertEquals(WORKS, java("-p", path, "-m", "app/app.Main", "x.kmq"));
    path = published() + File.pathSeparator + compile("java.desktop", "dev.kmq.imageio");
    assertEquals(WORKS, java("-p", path, "-m", "app/app.Main", "y.kmq"));
  }

  @Test
  void inAnImageOfJlinkThatNamesThePlugin() throws Exception {
    Path classes = compile("java.desktop");
    String path = published() + File.pathSeparator + classes;
    for (String modules : List.of("app", "app,dev.kmq.imageio")) {
      Path image = folder.resolve(modules.replace(',', '-'));
      tool("jlink", List.of("-p", path, "--add-modules", modules, "--output", "" + image));
      String output = run(image.resolve("bin/java"), "-m", "app/app.Main", "x.kmq");
      if (modules.equals("app")) {
        assertTrue(output.contains("no writer"), output);
      } else {
        assertEquals(WORKS, output);
      }
    }
  }

  @Test
  void inAFatJarWhoseServicesAreMerged() throws Exception {
    Path other = folder.resolve("other");
    for (String service : List.of("ImageReaderSpi", "ImageWriterSpi")) {
      Path file = other.resolve(SERVICES + "javax.imageio.spi." + service);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, "# another plugin would stand here");
    }
    Path rest = jar("rest.jar", compile(), other);
    String output = java("-cp", "" + fat("merged.jar", true, rest), "app.Main", "x.kmq");
    assertEquals(WORKS, output);
    output = java("-cp", "" + fat("overwritten.jar", false, rest), "app.Main", "y.kmq");
    assertTrue(output.contains("no writer"), output);
  }

  private Path jar(String name, Path... folders) {
    Path jar = folder.resolve(name);
    List<String> arguments = new ArrayList<>(List.of("--create", "--file", jar.toString()));
    for (Path each : folders) {
      arguments.addAll(List.of("-C", each.toString(), "."));
    }
    tool("jar", arguments);
    return jar;
  }

  /** All entries in one jar: a service's files are joined, or the last one stays. */
  private Path fat(String name, boolean merge, Path rest) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (Path source : List.of(artifact("kmq-codec"), artifact("kmq-imageio"), rest)) {
      try (InputStream file = Files.newInputStream(source);
          JarInputStream jar = new JarInputStream(file)) {
        for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
          if (!entry.isDirectory() && !entry.getName().endsWith("module-info.class")) {
            byte[] bytes = jar.readAllBytes();
            boolean joined = merge && entry.getName().startsWith(SERVICES);
            entries.merge(entry.getName(), bytes, (a, b) -> joined ? join(a, b) : b);
          }
        }
      }
    }
    Path target = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return target;
  }

  private static byte[] join(byte[] a, byte[] b) {
    String both =
        new String(a, StandardCharsets.UTF_8) + '\n' + new String(b, StandardCharsets.UTF_8);
    return both.getBytes(StandardCharsets.UTF_8);
  }

  /** The jar that Spring Boot's plugins for Maven and Gradle make: jars in a jar. */
  @Test
  void inAnExecutableJarOfSpringBoot() throws Exception {
    Repackager repackager = new Repackager(jar("app.jar", compile()).toFile());
    repackager.setMainClass("app.Main");
    repackager.setBackupSource(false);
    File boot = folder.resolve("boot.jar").toFile();
    repackager.repackage(
        boot,
        libraries -> {
          for (String name : List.of("kmq-codec", "kmq-imageio")) {
            File jar = artifact(name).toFile();
            libraries.library(new Library(jar, LibraryScope.COMPILE));
          }
        });
    assertEquals(WORKS, java("-jar", boot.toString(), "x.kmq"));
  }

  @Test
  void builtByGradle() throws Exception {
    requireGradle();
    Path source = folder.resolve("src/main/java/app/Main.java");
    Files.createDirectories(source.resolveSibling(""));
    Files.copy(SOURCES.resolve("app/Main.java"), source);
    String version = String.valueOf(artifact("kmq-imageio").resolveSibling("").getFileName());
    String build =
        """
        apply plugin: 'java'
        repositories { maven { url '%s' } }
        dependencies { runtimeOnly 'dev.kmq:kmq-imageio:%s' }
        task start(type: Exec, dependsOn: classes) {
          doFirst {
            commandLine 'java', '-cp', sourceSets.main.runtimeClasspath.asPath, 'app.Main', 'x.kmq'
          }
        }
        """
            .formatted(STAGING.toUri(), version);
    Files.writeString(folder.resolve("build.gradle"), build);
    Files.writeString(folder.resolve("settings.gradle"), "rootProject.name = 'app'\n");
    String output =
        run(
            Path.of("gradle"),
            "--offline",
            "--no-daemon",
            "--quiet",
            "--gradle-user-home",
            folder.resolve("gradle").toString(),
            "start");
    assertTrue(output.endsWith(WORKS), output);
  }

  private void requireGradle() throws InterruptedException {
    boolean found;
    try {
      found = run(Path.of("gradle"), "--version").contains("Gradle ");
    } catch (IOException e) {
      found = false;
    }
    if (System.getenv("CI") != null) {
      assertTrue(found, "gradle is not installed");
    }
    assumeTrue(found, "gradle is not installed");
  }
}
