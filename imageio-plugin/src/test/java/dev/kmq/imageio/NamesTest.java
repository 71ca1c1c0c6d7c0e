package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = Names.VERSION;
    assertTrue(
        pom.contains("<version>" + version + "-SNAPSHOT</version>")
            || pom.contains("<version>" + version + "</version>"),
        version);
  }
}
