package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule of every build: a released version only on the commit with its tag. */
class ReleaseCommitTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private void commit() throws IOException, InterruptedException {
    Programs.require("git");
    Programs.git(folder, "init", "-q");
    Programs.git(folder, "commit", "-q", "--allow-empty", "-m", "First");
  }

  private List<String> faults(String version) throws IOException, InterruptedException {
    return new ReleaseCommit(folder, version).faultsOfBuild();
  }

  @Test
  void buildsSnapshotsAnywhere() throws Exception {
    commit();
    assertEquals(List.of(), faults("1.2.3-SNAPSHOT"));
  }

  @Test
  void buildsAReleaseFromItsTagEvenIfFilesAreChanged() throws Exception {
    commit();
    Programs.git(folder, "tag", "v1.2.3");
    Files.createFile(folder.resolve("patch"));
    assertEquals(List.of(), faults("1.2.3"));
  }

  @Test
  void findsItsTagAmongOthersWhereGitPrintsColumns() throws Exception {
    commit();
    Programs.git(folder, "config", "column.tag", "always");
    Programs.git(folder, "tag", "v1.2.3");
    Programs.git(folder, "tag", "other");
    assertEquals(List.of(), faults("1.2.3"));
  }

  @Test
  void buildsASourceArchive() throws Exception {
    assertEquals(List.of(), faults("1.2.3"));
  }

  @Test
  void refusesAReleaseWithoutItsTag() throws Exception {
    commit();
    Programs.git(folder, "tag", "v1.2.4");
    assertEquals(
        List.of(
            "the version is 1.2.3, but this commit has no tag v1.2.3; set a version that ends in"
                + " -SNAPSHOT, or check out the tag"),
        faults("1.2.3"));
  }

  /** As the build does it, by the source. */
  private String build(String version) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String source =
        OfflineMaven.ROOT
            .resolve("tools/dist/src/main/java/dev/kmq/dist/central/ReleaseCommit.java")
            .toString();
    return Programs.run(folder, java, source, folder.toString(), version);
  }

  @Test
  void runsFromItsSource() throws Exception {
    commit();
    assertEquals("", build("1.2.3-SNAPSHOT"));
    IOException refused = assertThrows(IOException.class, () -> build("1.2.3"));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("status 1\npom.xml: the version is 1.2.3, but"), message);
  }

  /** A worktree that was copied to another machine. */
  @Test
  void statesWhyGitFailsWithoutAStackTrace() throws Exception {
    Programs.require("git");
    Files.writeString(folder.resolve(".git"), "gitdir: nowhere\n");
    IOException refused = assertThrows(IOException.class, () -> build("1.2.3"));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("status 1\npom.xml: git tag --points-at HEAD: fatal: "), message);
    assertFalse(message.contains("\tat "), message);
  }
}
