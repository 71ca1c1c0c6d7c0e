package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Profile sign, which signs with the key that owner.key names. */
@Timeout(600)
class SigningTest {
  @Test
  void signsWhatIsStaged(@TempDir Path folder, @TempDir Path keys) throws Exception {
    Programs.require("gpg");
    OfflineMaven maven = new OfflineMaven(folder);
    Path staging = folder.resolve("staging");
    String key = GoodRelease.newKey(keys, "Ann <ann@example.org>");
    try {
      maven.runOnline(
          OfflineMaven.ROOT,
          "-Prelease,sign",
          "-Dquick",
          "verify",
          "-pl",
          "bom",
          "-am",
          "-Dstaging=" + staging,
          "-Downer.key=" + key,
          "-Dgpg.homedir=" + keys);
    } finally {
      Programs.run(keys, "gpgconf", "--homedir", keys.toString(), "--kill", "gpg-agent");
    }
    Repository repository = Repository.read(staging);
    Component bom = repository.components().get(0);
    assertTrue(bom.has(".pom.asc"), () -> bom.files().toString());
    Signatures signatures = new Signatures(List.of("gpg", "--homedir", keys.toString()), key);
    assertEquals(List.of(), signatures.refusals(repository, bom));
  }
}
