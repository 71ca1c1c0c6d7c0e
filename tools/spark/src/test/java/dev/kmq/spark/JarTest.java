package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar must not bring classes that Spark or an application has in another version. */
class JarTest {
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
}
