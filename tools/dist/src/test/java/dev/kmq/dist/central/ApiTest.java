package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of the API with an earlier release, which is this one with other classes. */
@Timeout(600)
class ApiTest {
  private static final Path CODEC = OfflineMaven.ROOT.resolve("codec");
  private static final Path PLUGIN = OfflineMaven.ROOT.resolve("imageio-plugin");
  private static final String GOAL = "com.github.siom79.japicmp:japicmp-maven-plugin:cmp@api";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private OfflineMaven maven;

  @BeforeEach
  void prepare() throws IOException {
    maven = new OfflineMaven(folder);
    for (Path module : List.of(CODEC, PLUGIN)) {
      Pom pom = Pom.read(module.resolve("target/published-pom.xml"));
      maven.install(
          pom.text("artifactId"),
          pom.text("version"),
          jar(module),
          module.resolve("target/published-pom.xml"));
    }
  }

  @Test
  void acceptsTheSameApiAndOtherInternalClasses() throws Exception {
    release("1.0.0", CODEC, "dev/kmq/bytes/Words");
    assertEquals("", compare("codec", "1.0.0"));
  }

  @Test
  void refusesARemovedMethodOfTheCodec() throws Exception {
    release("1.0.0", CODEC, "dev/kmq/Kmq");
    assertRefused("codec", "dev.kmq.Kmq.removed()");
  }

  @Test
  void refusesARemovedMethodOfThePlugin() throws Exception {
    release("1.0.0", PLUGIN, "dev/kmq/imageio/KmqImages");
    assertRefused("imageio-plugin", "dev.kmq.imageio.KmqImages.removed()");
  }

  /** The packages that are compared are those that the modules export. */
  @Test
  void comparesExportedPackages() throws Exception {
    TreeSet<String> exported = new TreeSet<>();
    for (Path module : List.of(CODEC, PLUGIN)) {
      Pattern.compile("\\bexports (\\S+);")
          .matcher(Files.readString(module.resolve("src/main/java/module-info.java")))
          .results()
          .forEach(found -> exported.add(found.group(1)));
    }
    TreeSet<String> compared = new TreeSet<>();
    String configuration = "build/plugins/plugin/executions/execution/configuration/";
    for (Pom profile : Pom.read(OfflineMaven.ROOT.resolve("pom.xml")).all("profiles/profile")) {
      profile
          .all(configuration + "parameter/includes/include")
          .forEach(include -> compared.add(include.text()));
    }
    assertEquals(exported, compared);
  }

  private void assertRefused(String module, String method) {
    IOException failure = assertThrows(IOException.class, () -> compare(module, "1.0.0"));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains(method) && message.contains("METHOD_REMOVED"), message);
  }

  private String compare(String module, String baseline) throws IOException, InterruptedException {
    return maven.run(
        OfflineMaven.ROOT, "-Prelease", "-pl", module, GOAL, "-Dapi.baseline=" + baseline);
  }

  private static Path jar(Path module) throws IOException {
    String version = Pom.read(OfflineMaven.ROOT.resolve("pom.xml")).text("version");
    String artifact = Pom.read(module.resolve("pom.xml")).text("artifactId");
    return module.resolve("target/" + artifact + "-" + version + ".jar");
  }

  /** Installs a release whose class has a public method more. */
  private void release(String version, Path module, String className)
      throws IOException, InterruptedException {
    String source = Files.readString(module.resolve("src/main/java/" + className + ".java"));
    int end = source.lastIndexOf('}');
    Path sources = folder.resolve("sources");
    Path changed = sources.resolve(className + ".java");
    Files.createDirectories(changed.resolveSibling(""));
    Files.writeString(changed, source.substring(0, end) + "public static void removed() {} }");
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path javac = Path.of(System.getProperty("java.home"), "bin/javac");
    Programs.run(
        folder,
        javac.toString(),
        "--release",
        "17",
        "-proc:none",
        "-nowarn",
        "-d",
        classes.toString(),
        "-cp",
        CODEC.resolve("target/classes") + ":" + PLUGIN.resolve("target/classes"),
        changed.toString());
    Path jar = folder.resolve("baseline.jar");
    Files.copy(jar(module), jar);
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Path compiled = classes.resolve(className + ".class");
      Files.copy(compiled, zip.getPath(className + ".class"), StandardCopyOption.REPLACE_EXISTING);
    }
    String artifact = Pom.read(module.resolve("pom.xml")).text("artifactId");
    Path pom = folder.resolve("baseline.pom");
    Files.writeString(
        pom,
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>dev.kmq</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
        </project>
        """
            .formatted(artifact, version));
    maven.install(artifact, version, jar, pom);
  }
}
