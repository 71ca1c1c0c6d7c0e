package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions and dates in files, of which one is wrong. */
class DocumentsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path root;

  @BeforeEach
  void write() throws IOException {
    for (Map.Entry<String, String> document : GoodRelease.DOCUMENTS.entrySet()) {
      Path file = root.resolve(document.getKey());
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, document.getValue());
    }
    Files.writeString(
        root.resolve("pom.xml"),
        "<project><properties><project.build.outputTimestamp>2026-01-01T00:00:00Z"
            + "</project.build.outputTimestamp></properties></project>");
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = root.resolve(file);
    String text = Files.readString(path);
    String changed = text.replace(from, to);
    if (changed.equals(text)) {
      throw new IOException(file + " does not contain " + from);
    }
    Files.writeString(path, changed);
  }

  private void assertRefused(String... refusals) throws IOException {
    assertEquals(
        List.of(refusals),
        Documents.refusals(root, GoodRelease.VERSION).stream().map(Refusal::toString).toList());
  }

  @Test
  void acceptsARelease() throws IOException {
    assertRefused();
  }

  @Test
  void acceptsAVersionThatIsNotReleased() throws IOException {
    for (String file : GoodRelease.DOCUMENTS.keySet()) {
      if (!file.equals("CHANGELOG.md")) {
        replace(file, "1.2.3", "1.2.3-SNAPSHOT");
      }
    }
    replace("CHANGELOG.md", "2026-01-01", "unreleased");
    replace("README.md", "<art", "kmq is not published yet. <art");
    assertEquals(List.of(), Documents.refusals(root, "1.2.3-SNAPSHOT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "spec/js/package.json",
        "spec/js/package-lock.json",
        "imageio-plugin/src/main/java/dev/kmq/imageio/Names.java"
      })
  void refusesAnotherVersion(String file) throws IOException {
    replace(file, "1.2.3", "1.2.2");
    assertRefused(file + ": it states version 1.2.2, not 1.2.3; correct it");
  }

  @Test
  void refusesOneOfSeveral() throws IOException {
    replace("docs/java.md", "kmq-codec-1.2.3.jar", "kmq-codec-1.2.2.jar");
    assertRefused("docs/java.md: it states version 1.2.2, not 1.2.3; correct it");
  }

  @Test
  void refusesASnapshot() throws IOException {
    replace("docs/java.md", ":1.2.3", ":1.2.3-SNAPSHOT");
    assertRefused("docs/java.md: it states version 1.2.3-SNAPSHOT, not 1.2.3; correct it");
  }

  @Test
  void refusesTheRangeOfAnotherMinorVersion() throws IOException {
    replace("docs/java.md", "[1.2,1.3)", "[1.1,1.2)");
    assertRefused("docs/java.md: it states version [1.1,1.2), not [1.2,1.3); correct it");
  }

  @Test
  void refusesNoVersion() throws IOException {
    replace("README.md", "1.2.3", "");
    assertRefused("README.md: it does not state version 1.2.3; add it");
  }

  @Test
  void refusesADocumentOfAnUnreleasedVersion() throws IOException {
    replace("README.md", "<art", "kmq is not published yet. <art");
    assertRefused("README.md: it reads \"not published yet\"; correct it");
  }

  @Test
  void refusesAChangeLogWithoutTheVersion() throws IOException {
    replace("CHANGELOG.md", "## 1.2.3 (2026-01-01)", "");
    assertRefused("CHANGELOG.md: its first heading is not ## 1.2.3 (date); add it");
  }

  @Test
  void refusesAChangeLogWithoutADate() throws IOException {
    replace("CHANGELOG.md", "2026-01-01", "unreleased");
    assertRefused("CHANGELOG.md: the date of 1.2.3 is (unreleased); write YYYY-MM-DD");
  }

  @Test
  void refusesAnotherTimeOfEntries() throws IOException {
    replace("pom.xml", "2026-01-01T", "2026-01-02T");
    assertRefused(
        "pom.xml: project.build.outputTimestamp is 2026-01-02T00:00:00Z, not of 2026-01-01, as"
            + " CHANGELOG.md states; set it");
  }
}
