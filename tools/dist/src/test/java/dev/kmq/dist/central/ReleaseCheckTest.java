package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.dist.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Spoils a good release in every way that the check knows, one at a time. */
@SuppressWarnings("NullAway.Init")
class ReleaseCheckTest {
  private static final String CODEC = "dev/kmq/kmq-codec/1.2.3";
  private static final String POM = CODEC + "/kmq-codec-1.2.3.pom";
  private static final String JAR = CODEC + "/kmq-codec-1.2.3.jar";

  @TempDir static Path keys;
  @TempDir static Path good;
  private static GoodRelease release;
  @TempDir Path folder;

  @BeforeAll
  static void makeRelease() throws Exception {
    Programs.require("gpg");
    Programs.require("git");
    release = GoodRelease.make(good, keys);
  }

  @AfterAll
  static void endAgent() throws Exception {
    Programs.run(keys, "gpgconf", "--homedir", keys.toString(), "--kill", "gpg-agent");
  }

  /** A way to spoil a release. */
  private interface Fault {
    void spoil(GoodRelease release) throws IOException, InterruptedException;
  }

  @Test
  void acceptsAGoodReleaseAndPacksIt() throws Exception {
    assertEquals(List.of(), release.refusals());
    Path metadata = release.staging.resolve("dev/kmq/kmq-codec/maven-metadata.xml");
    Files.writeString(metadata, "<metadata/>");
    Path bundle = Bundle.file(folder, GoodRelease.VERSION);
    Bundle.write(release.staging, bundle, Instant.parse("2026-01-01T00:00:00Z"));
    Files.delete(metadata);
    try (ZipFile zip = new ZipFile(bundle.toFile());
        Stream<Path> files = Files.walk(release.staging)) {
      assertEquals(
          files
              .filter(Files::isRegularFile)
              .map(file -> release.staging.relativize(file).toString())
              .sorted()
              .toList(),
          zip.stream().map(entry -> entry.getName()).sorted().toList());
      assertTrue(zip.getEntry(JAR + ".asc") != null, "signatures are packed");
    }
  }

  @Test
  void leavesNoEarlierBundleIfItRefuses(@TempDir Path empty) throws Exception {
    Path bundle = Bundle.file(folder, GoodRelease.VERSION);
    Files.writeString(bundle, "of an earlier check");
    String[] arguments = {"" + release.root, "" + empty, "" + folder, "2026-01-01T00:00:00Z"};
    IOException refused = assertThrows(IOException.class, () -> ReleaseCheck.main(arguments));
    assertTrue(String.valueOf(refused.getMessage()).contains("not ready for Central: "));
    assertTrue(Files.notExists(bundle));
  }

  @TestFactory
  Stream<DynamicTest> refusesEveryFaultAlone() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    owner(faults);
    versions(faults);
    documents(faults);
    layout(faults);
    poms(faults);
    jars(faults);
    seals(faults);
    return faults.entrySet().stream()
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.getKey(),
                    () -> {
                      Path copy = Files.createTempDirectory(folder, "copy");
                      GoodRelease spoilt = release.copyTo(copy);
                      fault.getValue().spoil(spoilt);
                      String expected = fault.getKey().replace("KEY", release.key());
                      assertEquals(expected, String.join("\n", spoilt.refusals()));
                    }));
  }

  private static void owner(Map<String, Fault> faults) {
    faults.put(
        "pom.xml: owner.namespace is UNSET, a placeholder; set it in the properties",
        spoilt -> spoilt.state("pom.xml", "<owner.namespace>dev.kmq", "<owner.namespace>UNSET"));
    faults.put(
        "pom.xml: owner.namespace is org.example, but the groupId is dev.kmq; one must change",
        spoilt ->
            spoilt.state("pom.xml", "<owner.namespace>dev.kmq", "<owner.namespace>org.example"));
    faults.put(
        "pom.xml: owner.namespace is missing; set it in the properties",
        spoilt -> spoilt.state("pom.xml", "<owner.namespace>dev.kmq</owner.namespace>", ""));
    faults.put(
        "pom.xml: owner.scm is missing; set it in the properties\n"
            + scm("kmq-bom")
            + "\n"
            + scm("kmq-codec")
            + "\n"
            + scm("kmq-imageio"),
        spoilt -> spoilt.state("pom.xml", "<owner.scm>https://example.org/kmq.git", "<owner.scm>"));
  }

  private static String scm(String artifact) {
    String start = "dev/kmq/%s/1.2.3/%s-1.2.3.pom: scm/".formatted(artifact, artifact);
    String end = " is scm:git:https://example.org/kmq.git, not the owner's, scm:git:";
    return start + "connection" + end + "\n" + start + "developerConnection" + end;
  }

  private static void versions(Map<String, Fault> faults) {
    faults.put(
        "pom.xml: files differ from the commit; commit or remove them: [?? new.txt]",
        spoilt -> Files.writeString(spoilt.root.resolve("new.txt"), ""));
    faults.put(
        "pom.xml: files differ from the commit; commit or remove them: [?? hidden.txt]",
        spoilt -> {
          Files.writeString(spoilt.root.resolve("hidden.txt"), "");
          spoilt.git("config", "status.showUntrackedFiles", "no");
        });
    faults.put(
        "pom.xml: the version is 1.2.3, but this commit is not that of tag v1.2.3; set a version"
            + " that ends in -SNAPSHOT, or check out the tag",
        spoilt -> spoilt.git("commit", "-q", "--allow-empty", "-m", "Next"));
    faults.put(
        "pom.xml: the version is 1.2.3, but this commit has no tag v1.2.3; set a version that ends"
            + " in -SNAPSHOT, or check out the tag",
        spoilt -> spoilt.git("tag", "-d", "v1.2.3"));
    faults.put(
        "pom.xml: this commit has tag v1.3.0, but the version is 1.2.3",
        spoilt -> spoilt.git("tag", "v1.3.0"));
    faults.put(
        "pom.xml: this is not a clone, so the commit is unknown; release from a clone",
        spoilt -> Files.move(spoilt.root.resolve(".git"), spoilt.root.resolve("git")));
    faults.put(
        POM + ": dependency org.example:other is a snapshot; depend on a release",
        spoilt ->
            dependency(
                spoilt,
                "<groupId>org.example</groupId><artifactId>other</artifactId>"
                    + "<version>1-SNAPSHOT</version><scope>provided</scope>"
                    + "<optional>true</optional>"));
    faults.put(
        POM + ": dependency dev.kmq:other has version 1.2.4, not 1.2.3",
        spoilt ->
            dependency(
                spoilt,
                "<groupId>dev.kmq</groupId><artifactId>other</artifactId>"
                    + "<version>1.2.4</version>"));
  }

  /** One of those of {@link DocumentsTest}. */
  private static void documents(Map<String, Fault> faults) {
    faults.put(
        "README.md: it states version 1.2.2, not 1.2.3; correct it",
        spoilt -> spoilt.state("README.md", "1.2.3", "1.2.2"));
  }

  private static void dependency(GoodRelease spoilt, String elements)
      throws IOException, InterruptedException {
    spoilt.replace(
        spoilt.file("kmq-codec", ".pom"),
        "<dependencies>",
        "<dependencies><dependency>" + elements + "</dependency>");
  }

  private static void layout(Map<String, Fault> faults) {
    faults.put(
        "target/staging: there is no POM; run ./mvnw -Prelease verify",
        spoilt -> Files.move(spoilt.staging, spoilt.staging.resolveSibling("elsewhere")));
    faults.put(
        "dev/kmq/notes.txt: the file belongs to no artifact of this build; delete target/staging"
            + " and build again",
        spoilt -> Files.writeString(spoilt.staging.resolve("dev/kmq/notes.txt"), ""));
    faults.put(
        CODEC
            + "/kmq-codec-1.2.4.jar: the file belongs to no artifact of this build; delete"
            + " target/staging and build again",
        spoilt -> Files.writeString(spoilt.staging.resolve(CODEC + "/kmq-codec-1.2.4.jar"), ""));
    faults.put(
        CODEC
            + "/kmq-codec-1.2.3-tests.jar: a file of this kind is not published; do not attach it",
        spoilt -> spoilt.jar(spoilt.file("kmq-codec", "-tests.jar"), "a"));
    faults.put(
        "kmq-bom: the artifact is missing; set maven.deploy.skip=false in its POM",
        spoilt -> {
          for (String suffix : List.of(".pom", ".pom.md5", ".pom.sha1", ".pom.asc")) {
            Files.delete(spoilt.file("kmq-bom", suffix));
          }
        });
    faults.put(
        "dev/kmq/kmq-cli/1.2.3: the artifact is not published, or twice; set maven.deploy.skip in"
            + " its POM",
        spoilt -> {
          Path pom = spoilt.file("kmq-cli", ".pom");
          Files.createDirectories(pom.resolveSibling(""));
          Files.copy(spoilt.file("kmq-bom", ".pom"), pom);
          spoilt.replace(pom, "<artifactId>kmq-bom<", "<artifactId>kmq-cli<");
        });
  }

  private static void poms(Map<String, Fault> faults) {
    Map<String, String> elements = new LinkedHashMap<>();
    elements.put("modelVersion", "<modelVersion>4.0.0</modelVersion>");
    elements.put("name", "<name>A name</name>");
    elements.put("description", "<description>A description.</description>");
    elements.put("url", "\n  <url>https://example.org</url>");
    elements.put("licenses/license/name", "<name>Apache-2.0</name>");
    elements.put("licenses/license/url", "<url>https://example.org/license</url>");
    elements.put("developers/developer/name", "<name>Ann</name>");
    elements.put("developers/developer/email", "<email>ann@example.org</email>");
    elements.put("scm/connection", "<connection>scm:git:https://example.org/kmq.git</connection>");
    elements.put(
        "scm/developerConnection",
        "<developerConnection>scm:git:https://example.org/kmq.git</developerConnection>");
    elements.put("scm/url", "    <url>https://example.org</url>");
    elements.put("issueManagement/url", "<url>https://example.org/issues</url>");
    elements.forEach(
        (path, element) ->
            faults.put(
                POM + ": " + path + " is missing; set it in the root POM or the module's",
                spoilt -> spoilt.replace(spoilt.file("kmq-codec", ".pom"), element, "")));
    for (String name :
        List.of(
            "parent",
            "modules",
            "properties",
            "build",
            "profiles",
            "repositories",
            "pluginRepositories",
            "distributionManagement")) {
      faults.put(
          POM + ": " + name + " is of no use to others; have flatten-maven-plugin remove it",
          spoilt ->
              spoilt.replace(
                  spoilt.file("kmq-codec", ".pom"), "</project>", "<" + name + "/></project>"));
    }
    for (String name : List.of("groupId", "artifactId", "version")) {
      String value =
          Map.of("groupId", "dev.kmq", "artifactId", "kmq-codec").getOrDefault(name, "1.2.3");
      faults.put(
          POM + ": " + name + " is not " + value + ", as the folders say",
          spoilt ->
              spoilt.replace(
                  spoilt.file("kmq-codec", ".pom"),
                  "  <%s>%s<".formatted(name, value),
                  "  <%s>other<".formatted(name)));
    }
    faults.put(
        POM + ": it contains ${...}, which is not resolved; write the value",
        spoilt -> spoilt.replace(spoilt.file("kmq-codec", ".pom"), "A name", "${name}"));
    faults.put(
        POM + ": developers/developer/name is Bob, not the owner's, Ann",
        spoilt -> spoilt.replace(spoilt.file("kmq-codec", ".pom"), ">Ann<", ">Bob<"));
    faults.put(
        POM + ": dependency org.jspecify:jspecify has no version; write it",
        spoilt -> spoilt.replace(spoilt.file("kmq-codec", ".pom"), "<version>1.0.1</version>", ""));
    faults.put(
        POM
            + ": dependency org.jspecify:jspecify reaches applications; make it provided and"
            + " optional",
        spoilt ->
            spoilt.replace(spoilt.file("kmq-codec", ".pom"), "<optional>true</optional>", ""));
    faults.put(
        "dev/kmq/kmq-bom/1.2.3/kmq-bom-1.2.3.pom: it manages [dev.kmq:kmq-codec:1.2.3] instead of"
            + " [dev.kmq:kmq-codec:1.2.3, dev.kmq:kmq-imageio:1.2.3]; set them in bom/pom.xml",
        spoilt ->
            spoilt.replace(
                spoilt.file("kmq-bom", ".pom"),
                "<dependency><groupId>dev.kmq</groupId><artifactId>kmq-imageio</artifactId>"
                    + "<version>1.2.3</version></dependency>",
                ""));
  }

  private static void jars(Map<String, Fault> faults) {
    for (String suffix : List.of("-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
      faults.put(
          CODEC
              + "/kmq-codec-1.2.3"
              + suffix
              + ": the file is missing; attach it in profile release",
          spoilt -> spoilt.delete(spoilt.file("kmq-codec", suffix)));
    }
    faults.put(
        JAR + ": no entry ends in module-info.class; build it again",
        spoilt ->
            spoilt.jar(spoilt.file("kmq-codec", ".jar"), "META-INF/LICENSE", "META-INF/NOTICE"));
    faults.put(
        JAR + ": it is damaged (zip file is empty); build it again",
        spoilt -> {
          Files.write(spoilt.file("kmq-codec", ".jar"), new byte[0]);
          spoilt.seal(spoilt.file("kmq-codec", ".jar"));
        });
    for (String name : List.of("LICENSE", "NOTICE")) {
      String other = name.equals("LICENSE") ? "NOTICE" : "LICENSE";
      faults.put(
          JAR + ": there is no META-INF/" + name + "; add it to the jar",
          spoilt ->
              spoilt.jar(
                  spoilt.file("kmq-codec", ".jar"), "META-INF/" + other, "module-info.class"));
    }
  }

  private static void seals(Map<String, Fault> faults) {
    for (String extension : List.of("md5", "sha1")) {
      faults.put(
          JAR + ": there is no ." + extension + "; run ./mvnw -Prelease verify again",
          spoilt -> Files.delete(spoilt.file("kmq-codec", ".jar." + extension)));
      faults.put(
          JAR
              + "."
              + extension
              + ": the checksum is not that of the file; run ./mvnw -Prelease verify again",
          spoilt -> Files.writeString(spoilt.file("kmq-codec", ".jar." + extension), "00\u00e9"));
    }
    faults.put(
        JAR + ".MD5: a file of this kind is not published; do not attach it",
        spoilt -> {
          Path file = spoilt.file("kmq-codec", ".jar.MD5");
          Files.writeString(file, "00");
          spoilt.seal(file);
        });
    faults.put(
        CODEC + ": there are no signatures of [.jar]; build with -Prelease,sign",
        spoilt -> Files.delete(spoilt.file("kmq-codec", ".jar.asc")));
    faults.put(
        JAR + ".asc: the signature is not that of the file; sign it again",
        spoilt ->
            Files.copy(
                spoilt.file("kmq-imageio", ".pom.asc"),
                spoilt.file("kmq-codec", ".jar.asc"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING));
    faults.put(
        JAR + ".asc: the file is not a signature; sign it again",
        spoilt -> Files.writeString(spoilt.file("kmq-codec", ".jar.asc"), "signed"));
  }

  @Test
  void refusesAKeyThatIsNotTheOwners() throws Exception {
    GoodRelease spoilt = release.copyTo(folder);
    String other = GoodRelease.newKey(keys, "Bob <bob@example.org>");
    spoilt.seal(spoilt.file("kmq-codec", ".jar"), other);
    assertEquals(
        List.of(
            "%s.asc: key %s signed it, not owner.key; sign it with %s"
                .formatted(JAR, other, release.key())),
        spoilt.refusals());
  }

  @Test
  void refusesAKeyThatIsNotKnown(@TempDir Path elsewhere) throws Exception {
    GoodRelease spoilt = release.copyTo(folder);
    try {
      GoodRelease stranger =
          GoodRelease.make(Files.createDirectory(folder.resolve("b")), elsewhere);
      Files.copy(
          stranger.file("kmq-codec", ".jar.asc"),
          spoilt.file("kmq-codec", ".jar.asc"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Programs.run(elsewhere, "gpgconf", "--homedir", elsewhere.toString(), "--kill", "gpg-agent");
    }
    assertEquals(
        List.of(JAR + ".asc: gpg has no public key for it; import the owner's key"),
        spoilt.refusals());
  }

  @Test
  void refusesAShortKey() throws Exception {
    GoodRelease spoilt = release.copyTo(folder);
    String id = release.key().substring(24);
    spoilt.state("pom.xml", "<owner.key>" + release.key(), "<owner.key>" + id);
    String first = spoilt.refusals().get(0);
    assertEquals(
        "pom.xml: owner.key is %s, not 40 hexadecimal digits; see gpg --list-secret-keys"
            .formatted(id),
        first);
  }
}
