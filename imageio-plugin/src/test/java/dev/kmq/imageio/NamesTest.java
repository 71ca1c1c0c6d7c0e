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
    String parent = "<artifactId>kmq-parent</artifactId>\n    <version>%s</version>";
    assertTrue(pom.contains(parent.formatted(Names.VERSION)), Names.VERSION);
  }
}
