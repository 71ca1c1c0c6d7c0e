package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The jar of the command contains its libraries, and so their licences. */
class ThirdPartyTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency><groupId>(?!dev\\.kmq)[^<]+</groupId>"
              + "<artifactId>([^<]+)</artifactId></dependency>");

  @Test
  void everyLibraryIsNamedWithItsLicence() throws IOException {
    String text;
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/META-INF/THIRD-PARTY.txt"))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String poms =
        Files.readString(Path.of("pom.xml")) + Files.readString(Path.of("../pictures/pom.xml"));
    Matcher dependency = DEPENDENCY.matcher(poms);
    int found = 0;
    while (dependency.find()) {
      found++;
      String library = dependency.group(1);
      assertTrue(text.matches("(?s).*\\b" + Pattern.quote(library) + "\\b.*"), library);
    }
    assertTrue(found > 5, found + " libraries in pom.xml");
  }
}
