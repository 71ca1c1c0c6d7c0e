package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.dist.central.Refusal.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What this build stages, before the owner has stated his facts and signed anything. */
class StagingTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final Path STAGING = ROOT.resolve("target/staging");

  @Test
  void lacksNothingButTheOwnersFactsAReleasedVersionAndSignatures() throws Exception {
    String version = Pom.read(ROOT.resolve("pom.xml")).text("version");
    assumeTrue(version.endsWith(Component.SNAPSHOT), "a release is checked by -Drelease.check");
    Map<Rule, List<String>> refused = new TreeMap<>();
    for (Refusal refusal : new ReleaseCheck(ROOT, STAGING, List.of("gpg")).refusals()) {
      if (refusal.rule() != Rule.COMMIT) { // which is that of the developer
        refused
            .computeIfAbsent(refusal.rule(), rule -> new ArrayList<>())
            .add(refusal.toString().replace(version, "VERSION"));
      }
    }
    String placeholder = ", a placeholder; set it in the properties";
    String snapshot =
        "dev/kmq/%s/VERSION: Central takes no snapshots; set a version without -SNAPSHOT";
    String unsigned =
        "dev/kmq/%s/VERSION: there are no signatures of [%s]; build with -Prelease,sign";
    String files = ".pom";
    String all = "-cyclonedx.json, -javadoc.jar, -sources.jar, .jar, .pom";
    assertEquals(
        Map.of(
            Rule.OWNER,
            List.of(
                "pom.xml: owner.namespace is UNSET" + placeholder,
                "pom.xml: owner.name is UNSET" + placeholder,
                "pom.xml: owner.email is unset@kmq.invalid" + placeholder,
                "pom.xml: owner.url is https://kmq.invalid" + placeholder,
                "pom.xml: owner.scm is https://kmq.invalid/kmq.git" + placeholder,
                "pom.xml: owner.issues is https://kmq.invalid/issues" + placeholder,
                "pom.xml: owner.key is UNSET" + placeholder),
            Rule.VERSION,
            List.of(
                snapshot.formatted("kmq-bom"),
                snapshot.formatted("kmq-codec"),
                snapshot.formatted("kmq-imageio")),
            Rule.SIGNATURE,
            List.of(
                unsigned.formatted("kmq-bom", files),
                unsigned.formatted("kmq-codec", all),
                unsigned.formatted("kmq-imageio", all))),
        refused);
  }

  /** The plugin needs the codec, and an application that has both needs nothing else. */
  @Test
  void applicationsGetTheCodecAndNothingElse() throws Exception {
    assertEquals(List.of(), dependencies("kmq-bom"));
    assertEquals(List.of(), dependencies("kmq-codec"));
    assertEquals(List.of("dev.kmq:kmq-codec"), dependencies("kmq-imageio"));
  }

  private static List<String> dependencies(String artifact) throws IOException {
    Component component =
        Repository.read(STAGING).components().stream()
            .filter(candidate -> candidate.artifact().equals(artifact))
            .findFirst()
            .orElseThrow();
    return Pom.read(component.file(".pom")).all("dependencies/dependency").stream()
        .filter(pom -> !pom.text("optional").equals("true"))
        .map(pom -> pom.text("groupId") + ":" + pom.text("artifactId"))
        .sorted()
        .toList();
  }
}
