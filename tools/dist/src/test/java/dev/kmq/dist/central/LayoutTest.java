package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions and names of files, whose contents do not matter here. */
class LayoutTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private List<String> refusals(String version, String built, String... names) throws IOException {
    Path artifact = Files.createDirectories(folder.resolve("dev/kmq/kmq-bom").resolve(built));
    for (String name : names) {
      Files.createFile(artifact.resolve(name));
    }
    return Layout.refusals(Repository.read(folder), version, Set.of("kmq-bom")).stream()
        .map(Refusal::toString)
        .toList();
  }

  @Test
  void takesVersionsOfSemVer() throws IOException {
    for (String version : List.of("1.2.3", "10.0.0", "1.2.3-rc.1", "1.2.3-beta")) {
      String name = "kmq-bom-" + version + ".pom";
      assertEquals(List.of(), refusals(version, version, name), version);
      Files.delete(folder.resolve("dev/kmq/kmq-bom").resolve(version).resolve(name));
    }
  }

  @Test
  void refusesOtherVersions() throws IOException {
    assertEquals(
        List.of("dev/kmq/kmq-bom/1.2: the version does not follow SemVer; set MAJOR.MINOR.PATCH"),
        refusals("1.2", "1.2", "kmq-bom-1.2.pom"));
  }

  @Test
  void refusesAnotherVersionThanThatOfTheRoot() throws IOException {
    assertEquals(
        List.of("dev/kmq/kmq-bom/1.2.3: the version is not 1.2.4, that of the root POM; set it"),
        refusals("1.2.4", "1.2.3", "kmq-bom-1.2.3.pom"));
  }

  @Test
  void refusesAnotherName() throws IOException {
    assertEquals(
        List.of(
            "dev/kmq/kmq-bom/1.2.3/kmq-bom-1.2.4.pom: the name is not kmq-bom-1.2.3.pom, as the"
                + " folders say"),
        refusals("1.2.3", "1.2.3", "kmq-bom-1.2.4.pom"));
  }

  @Test
  void refusesSnapshotsAndKnowsTheNamesOfTheirFiles() throws IOException {
    String snapshot = "dev/kmq/kmq-bom/1.2.3-SNAPSHOT";
    assertEquals(
        List.of(snapshot + ": Central accepts no snapshots; set a version without -SNAPSHOT"),
        refusals(
            "1.2.3-SNAPSHOT",
            "1.2.3-SNAPSHOT",
            "kmq-bom-1.2.3-20260101.000000-1.pom",
            "kmq-bom-1.2.3-20260101.000000-1.pom.md5"));
  }

  /** A folder that two builds have filled. */
  @Test
  void refusesFilesOfAnotherBuild() throws IOException {
    String snapshot = "dev/kmq/kmq-bom/1.2.3-SNAPSHOT";
    assertEquals(
        List.of(
            snapshot
                + "/kmq-bom-1.2.3-20260101.000001-2.pom: the file belongs to no artifact of this"
                + " build; delete target/staging and build again",
            snapshot + ": Central accepts no snapshots; set a version without -SNAPSHOT"),
        refusals(
            "1.2.3-SNAPSHOT",
            "1.2.3-SNAPSHOT",
            "kmq-bom-1.2.3-20260101.000000-1.pom",
            "kmq-bom-1.2.3-20260101.000001-2.pom"));
  }
}
