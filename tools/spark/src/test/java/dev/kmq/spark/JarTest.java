package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar of the program, which contains its libraries. */
class JarTest {
  private static final String SHADED = "dev/kmq/spark/shaded/";

  /** The libraries, as {@code META-INF/THIRD-PARTY.txt} names them, by their packages. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "xmp/", "xmpcore",
          "drew/", "metadata-extractor",
          "twelvemonkeys/", "TwelveMonkeys",
          "commons/codec/", "commons-codec",
          "commons/compress/", "commons-compress",
          "commons/io/", "commons-io",
          "commons/lang3/", "commons-lang3",
          "xz/", "xz",
          "picocli/", "picocli");

  /** The jar must not bring classes that Spark or an application has in another version. */
  @Test
  void allClassesAreOurs() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("kmq.spark.jar"))) {
      List<String> classes =
          jar.stream()
              .map(ZipEntry::getName)
              .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
              .filter(name -> name.endsWith(".class"))
              .toList();
      assertTrue(classes.size() > 1000);
      assertEquals(
          List.of(), classes.stream().filter(name -> !name.startsWith("dev/kmq/")).toList());
    }
  }

  @Test
  void licencesAndNoticesAreThere() throws IOException {
    Path root = Path.of(System.getProperty("kmq.root"));
    try (JarFile jar = new JarFile(System.getProperty("kmq.spark.jar"))) {
      assertEquals(Files.readString(root.resolve("LICENSE")), text(jar, "META-INF/LICENSE"));
      String notice = text(jar, "META-INF/NOTICE");
      for (String line : Files.readAllLines(root.resolve("NOTICE"))) {
        assertTrue(notice.contains(line), line);
      }
      String licences = text(jar, "META-INF/THIRD-PARTY.txt");
      Set<String> found = new TreeSet<>();
      for (String name : jar.stream().map(ZipEntry::getName).toList()) {
        if (name.startsWith(SHADED) && name.endsWith(".class")) {
          String shaded = name.substring(SHADED.length());
          String library =
              LIBRARIES.keySet().stream().filter(shaded::startsWith).findFirst().orElse(name);
          found.add(library);
        }
      }
      assertEquals(new TreeSet<>(LIBRARIES.keySet()), found);
      LIBRARIES.values().forEach(library -> assertTrue(licences.contains(library), library));
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
