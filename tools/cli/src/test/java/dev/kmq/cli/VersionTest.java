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
        "1.2.0-SNAPSHOT|$Format:%h$|abc1234|1.2.0-SNAPSHOT (unreleased, abc1234, 2026-01-02)",
        "1.2.0-SNAPSHOT|$Format:%h$|abc1234 modified"
            + "|1.2.0-SNAPSHOT (unreleased, abc1234 modified, 2026-01-02)",
        "1.2.0-SNAPSHOT|def5678||1.2.0-SNAPSHOT (unreleased, def5678, 2026-03-04)",
        "1.2.0-SNAPSHOT|$Format:%h$|"
            + "|1.2.0-SNAPSHOT (unreleased, built without git, commit unknown)",
        "1.2.0|$Format:%h$|abc1234|1.2.0 (abc1234, 2026-01-02)"
      })
  void statesTheCommit(String number, String archived, String commit, String text) {
    Properties properties = new Properties();
    properties.setProperty("version", number);
    properties.setProperty("commit", archived);
    properties.setProperty("date", "2026-03-04");
    String date = commit == null ? null : "2026-01-02";
    assertEquals(text, Version.of(properties, commit, date).toString());
  }

  @Test
  void theBuildHasACommit() throws IOException {
    assumeTrue(
        Files.exists(Path.of(System.getProperty("kmq.root"), ".git")),
        "built without a repository");
    Version version = Version.ofBuild();
    assertTrue(version.commit().matches("[0-9a-f]{7,40}( modified)?"), version.commit());
    assertTrue(version.date().matches("\\d{4}-\\d\\d-\\d\\d"), version.date());
  }
}
