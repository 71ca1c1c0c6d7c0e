package dev.kmq.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.cli.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What jars of libraries and of the command contain: licence, notice, and the same version. */
class JarsTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));

  /** Libraries in the jar of the command, by the packages of their classes. */
  private static final Map<String, String> LIBRARIES =
      Map.ofEntries(
          Map.entry("com/adobe/internal/xmp/", "xmpcore"),
          Map.entry("com/drew/", "metadata-extractor"),
          Map.entry("com/fasterxml/jackson/core/", "jackson-core"),
          Map.entry("com/github/luben/zstd/", "zstd-jni"),
          Map.entry("com/twelvemonkeys/", "TwelveMonkeys"),
          Map.entry("me/tongfei/progressbar/", "progressbar"),
          Map.entry("org/apache/commons/codec/", "commons-codec"),
          Map.entry("org/apache/commons/compress/", "commons-compress"),
          Map.entry("org/apache/commons/io/", "commons-io"),
          Map.entry("org/apache/commons/lang3/", "commons-lang3"),
          Map.entry("org/jline/", "jline-terminal"),
          Map.entry("org/tukaani/xz/", "xz"),
          Map.entry("picocli/", "picocli"));

  static List<Path> jars() throws IOException {
    String number = Version.ofBuild().number();
    return List.of(
            "codec/target/kmq-codec-V.jar",
            "codec/target/kmq-codec-V-sources.jar",
            "codec/target/kmq-codec-V-javadoc.jar",
            "codec/target/kmq-codec-V-tests.jar",
            "imageio-plugin/target/kmq-imageio-V.jar",
            "imageio-plugin/target/kmq-imageio-V-sources.jar",
            "imageio-plugin/target/kmq-imageio-V-javadoc.jar",
            "tools/metrics/target/kmq-metrics-V.jar",
            "tools/picocli/target/kmq-picocli-V.jar",
            "tools/pictures/target/kmq-pictures-V.jar",
            "tools/pictures/target/kmq-pictures-V-tests.jar",
            "tools/cli/target/kmq-cli-V.jar",
            "tools/cli/target/kmq-cli-V-tests.jar",
            "tools/cli/target/kmq.jar",
            "tools/dist/target/kmq.jar")
        .stream()
        .map(name -> ROOT.resolve(name.replace("-V", "-" + number)))
        .toList();
  }

  private static byte[] bytes(JarFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    assertNotNull(entry, name);
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(bytes(jar, name), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("jars")
  void everyJarHasLicenceNoticeAndVersion(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      assertArrayEquals(
          Files.readAllBytes(ROOT.resolve("LICENSE")), bytes(jar, "META-INF/LICENSE"), "LICENSE");
      String notice = text(jar, "META-INF/NOTICE");
      for (String line : Files.readAllLines(ROOT.resolve("NOTICE"))) {
        assertTrue(notice.contains(line), line);
      }
      Version version = Version.ofBuild();
      String commit = version.commit().isEmpty() ? "" : "+" + version.commit();
      Attributes attributes = jar.getManifest().getMainAttributes();
      assertEquals(
          version.number() + commit, attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
    }
  }

  /** Sources, for example, would be a second bundle of the same name. */
  @ParameterizedTest
  @MethodSource("jars")
  void codecAndPluginAloneAreBundles(Path file) throws IOException {
    String name = file.getFileName().toString();
    String bundle = null;
    if (name.matches("kmq-codec-[\\d.]+(-SNAPSHOT)?\\.jar")) {
      bundle = "dev.kmq.codec";
    } else if (name.matches("kmq-imageio-[\\d.]+(-SNAPSHOT)?\\.jar")) {
      bundle = "dev.kmq.imageio";
    }
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      assertEquals(bundle, attributes.getValue("Bundle-SymbolicName"));
      if (bundle != null) {
        assertNotNull(jar.getEntry("module-info.class"));
      }
    }
  }

  @Test
  void everyLibraryInTheCommandIsNamedWithItsLicence() throws IOException {
    try (JarFile jar = new JarFile(ROOT.resolve("tools/dist/target/kmq.jar").toFile())) {
      List<String> packages =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
              .filter(name -> !name.startsWith("dev/kmq/"))
              .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
              .distinct()
              .toList();
      for (String name : packages) {
        assertTrue(
            LIBRARIES.keySet().stream().anyMatch(name::startsWith),
            name + " is of a library that this test does not know");
      }
      String licences = text(jar, "META-INF/THIRD-PARTY.txt");
      LIBRARIES.forEach(
          (prefix, library) -> {
            assertTrue(packages.stream().anyMatch(name -> name.startsWith(prefix)), prefix);
            assertTrue(licences.contains(library), library);
          });
    }
  }
}
