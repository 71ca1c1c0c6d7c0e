package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.dist.central.Refusal.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this build stages, of an unreleased version and usually without signatures. */
class StagingTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final Path STAGING = ROOT.resolve("target/staging");

  @Test
  void lacksNothingButTheOwnersFactsAReleasedVersionAndSignatures() throws Exception {
    Pom root = Pom.read(ROOT.resolve("pom.xml"));
    String version = root.text("version");
    assumeTrue(version.endsWith(Component.SNAPSHOT), "a release is checked by -Drelease.check");
    Map<Rule, List<String>> refused = new TreeMap<>();
    for (Refusal refusal : new ReleaseCheck(ROOT, STAGING, List.of("gpg")).refusals()) {
      if (refusal.rule() != Rule.COMMIT) { // which is that of the developer
        refused
            .computeIfAbsent(refusal.rule(), rule -> new ArrayList<>())
            .add(refusal.toString().replace(version, "VERSION"));
      }
    }
    String snapshot =
        "dev/kmq/%s/VERSION: Central accepts no snapshots; set a version without -SNAPSHOT";
    String unsigned =
        "dev/kmq/%s/VERSION: there are no signatures of [%s]; build with -Prelease,sign";
    String files = ".pom";
    String all = "-cyclonedx.json, -javadoc.jar, -sources.jar, .jar, .pom";
    assertEquals(
        placeholders(root), refused.getOrDefault(Rule.OWNER, List.of()), "facts of the owner");
    refused.remove(Rule.OWNER);
    if (!signed()) {
      assertEquals(
          List.of(
              unsigned.formatted("kmq-bom", files),
              unsigned.formatted("kmq-codec", all),
              unsigned.formatted("kmq-imageio", all)),
          refused.get(Rule.SIGNATURE));
    }
    refused.remove(Rule.SIGNATURE);
    assertEquals(
        Map.of(
            Rule.VERSION,
            List.of(
                snapshot.formatted("kmq-bom"),
                snapshot.formatted("kmq-codec"),
                snapshot.formatted("kmq-imageio"))),
        refused);
  }

  /** Whether this is a build with {@code -Psign}. */
  private static boolean signed() throws IOException {
    try (Stream<Path> files = Files.walk(STAGING)) {
      return files.anyMatch(file -> file.toString().endsWith(".asc"));
    }
  }

  /** What is refused of the facts that the owner has not stated yet. */
  private static List<String> placeholders(Pom root) {
    return root.all("properties/*").stream()
        .filter(property -> property.name().startsWith("owner."))
        .filter(
            property -> property.text().contains("UNSET") || property.text().contains(".invalid"))
        .map(
            property ->
                "pom.xml: %s is %s, a placeholder; set it in the properties"
                    .formatted(property.name(), property.text()))
        .toList();
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
