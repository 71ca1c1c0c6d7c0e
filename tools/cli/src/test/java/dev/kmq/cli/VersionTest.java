package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.0-SNAPSHOT+abc1234|$Format:%h$|1.2.0-SNAPSHOT (unreleased, abc1234, 2026-01-02)",
        "1.2.0-SNAPSHOT+abc1234.modified|$Format:%h$"
            + "|1.2.0-SNAPSHOT (unreleased, abc1234.modified, 2026-01-02)",
        "1.2.0-SNAPSHOT|def5678|1.2.0-SNAPSHOT (unreleased, def5678, 2026-03-04)",
        "1.2.0-SNAPSHOT|$Format:%h$"
            + "|1.2.0-SNAPSHOT (unreleased, built without git, commit unknown)",
        "1.2.0+abc1234|$Format:%h$|1.2.0 (abc1234, 2026-01-02)"
      })
  void statesTheCommit(String version, String archived, String text) {
    Properties properties = new Properties();
    properties.setProperty("version", version);
    properties.setProperty("date", "2026-01-02");
    properties.setProperty("archived.commit", archived);
    properties.setProperty("archived.date", "2026-03-04");
    assertEquals(text, Version.of(properties).toString());
  }

  @Test
  void theBuildHasACommit() throws IOException {
    assumeTrue(
        Files.exists(Path.of(System.getProperty("kmq.root"), ".git")),
        "built without a repository");
    Version version = Version.ofBuild();
    assertTrue(version.commit().matches("[0-9a-f]{7,40}(\\.modified)?"), version.commit());
    assertTrue(version.date().matches("\\d{4}-\\d\\d-\\d\\d"), version.date());
  }
}
