package dev.kmq.dist.central;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The smallest release that passes the check, with a key of its own, and means to spoil it. */
final class GoodRelease {
  static final String VERSION = "1.2.3";

  private static final String LOCK =
      """
      {
        "name": "kmq",
        "version": "1.2.3",
        "packages": {
          "": { "name": "kmq", "version": "1.2.3" },
          "node_modules/esbuild": { "version": "0.28.0" }
        }
      }
      """;

  /** Files that state the version, without the root POM. */
  static final Map<String, String> DOCUMENTS =
      Map.of(
          "README.md", "<artifactId>kmq-imageio</artifactId>\n  <version>1.2.3</version>",
          "docs/java.md",
              "dev.kmq:kmq-imageio:1.2.3 kmq-codec-1.2.3.jar dev.kmq;version=\"[1.2,1.3)\"",
          "spec/js/package.json", "\"version\": \"1.2.3\"",
          "spec/js/package-lock.json", LOCK,
          "CHANGELOG.md", "# Changelog\n\n## 1.2.3 (2026-01-01)\n\n## 1.2.2 (2025-01-01)\n",
          "imageio-plugin/src/main/java/dev/kmq/imageio/Names.java", "VERSION = \"1.2.3\";");

  final Path root;
  final Path staging;
  private final Path keys;
  private final String key;

  private GoodRelease(Path folder, Path keys, String key) {
    root = folder.resolve("clone");
    staging = folder.resolve("staging");
    this.keys = keys;
    this.key = key;
  }

  /** Makes a release in a folder, with a key that is made in another. */
  static GoodRelease make(Path folder, Path keys) throws IOException, InterruptedException {
    GoodRelease release = new GoodRelease(folder, keys, newKey(keys, "Ann <ann@example.org>"));
    Files.createDirectories(release.root);
    Files.writeString(release.root.resolve("pom.xml"), release.rootPom());
    for (Map.Entry<String, String> document : DOCUMENTS.entrySet()) {
      Path file = release.root.resolve(document.getKey());
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, document.getValue());
    }
    release.git("init", "-q");
    release.git("add", ".");
    release.git("commit", "-q", "-m", "Release 1.2.3");
    release.git("tag", "v1.2.3");
    String codec = release.coordinates("kmq-codec");
    release.publish("kmq-bom", "pom", management(codec, release.coordinates("kmq-imageio")));
    release.publish(
        "kmq-codec",
        "jar",
        "<dependencies><dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId>"
            + "<version>1.0.1</version><scope>provided</scope><optional>true</optional>"
            + "</dependency></dependencies>");
    release.publish("kmq-imageio", "jar", "<dependencies>" + codec + "</dependencies>");
    return release;
  }

  static String newKey(Path keys, String name) throws IOException, InterruptedException {
    String home = keys.toString();
    String status =
        Programs.run(
            keys,
            "gpg",
            "--homedir",
            home,
            "--batch",
            "--status-fd",
            "1",
            "--passphrase",
            "",
            "--quick-gen-key",
            name,
            "ed25519",
            "sign",
            "never");
    Matcher created = Pattern.compile("KEY_CREATED P ([0-9A-F]{40})").matcher(status);
    if (!created.find()) {
      throw new IOException(status);
    }
    return created.group(1);
  }

  /** A copy that can be spoilt. */
  GoodRelease copyTo(Path folder) throws IOException {
    Path from = root.resolveSibling("");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.toList();
    }
    for (Path file : files) {
      if (!Files.isDirectory(file)) {
        Path copy = folder.resolve(from.relativize(file));
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(file, copy);
      }
    }
    return new GoodRelease(folder, keys, key);
  }

  List<String> refusals() throws IOException, InterruptedException {
    return new ReleaseCheck(root, staging, gpg())
        .refusals().stream().map(Refusal::toString).toList();
  }

  private List<String> gpg() {
    return List.of("gpg", "--homedir", keys.toString());
  }

  String key() {
    return key;
  }

  void git(String... arguments) throws IOException, InterruptedException {
    Programs.git(root, arguments);
  }

  /** The path of a file of an artifact. */
  Path file(String artifact, String suffix) {
    return staging.resolve("dev/kmq/%s/1.2.3/%s-1.2.3%s".formatted(artifact, artifact, suffix));
  }

  /** Replaces a text in a file, whose checksums and signature are renewed. */
  void replace(Path file, String from, String to) throws IOException, InterruptedException {
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new IOException(file + " does not contain " + from);
    }
    Files.writeString(file, text.replace(from, to));
    seal(file);
  }

  /** Replaces a text of the sources in a commit of its own, which takes the tag. */
  void state(String file, String from, String to) throws IOException, InterruptedException {
    Path source = root.resolve(file);
    String text = Files.readString(source);
    if (!text.contains(from)) {
      throw new IOException(file + " does not contain " + from);
    }
    Files.writeString(source, text.replace(from, to));
    git("commit", "-q", "-a", "-m", "Change a fact");
    git("tag", "-f", "v1.2.3");
  }

  /** Writes the checksums of a file, and its signature. */
  void seal(Path file) throws IOException, InterruptedException {
    seal(file, key);
  }

  void seal(Path file, String signer) throws IOException, InterruptedException {
    for (String extension : List.of("md5", "sha1")) {
      Files.writeString(suffixed(file, "." + extension), Checksums.of(file, extension));
    }
    Programs.run(
        staging,
        "gpg",
        "--homedir",
        keys.toString(),
        "--batch",
        "--yes",
        "--armor",
        "--local-user",
        signer,
        "--detach-sign",
        file.toString());
  }

  /** Deletes a file with its checksums and its signature. */
  void delete(Path file) throws IOException {
    for (String suffix : List.of("", ".md5", ".sha1", ".asc")) {
      Files.delete(suffixed(file, suffix));
    }
  }

  static Path suffixed(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  void jar(Path file, String... names) throws IOException, InterruptedException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
      }
    }
    seal(file);
  }

  private void publish(String artifact, String packaging, String dependencies)
      throws IOException, InterruptedException {
    Path pom = file(artifact, ".pom");
    Files.createDirectories(pom.resolveSibling(""));
    Files.writeString(pom, pom(artifact, packaging, dependencies));
    seal(pom);
    if (packaging.equals("jar")) {
      String licence = "META-INF/LICENSE";
      String notice = "META-INF/NOTICE";
      jar(file(artifact, ".jar"), licence, notice, "module-info.class");
      jar(file(artifact, "-sources.jar"), licence, notice, "module-info.java");
      jar(file(artifact, "-javadoc.jar"), licence, notice, "index.html");
      Path parts = file(artifact, "-cyclonedx.json");
      Files.writeString(parts, "{}");
      seal(parts);
    }
  }

  private String coordinates(String artifact) {
    return ("<dependency><groupId>dev.kmq</groupId><artifactId>%s</artifactId>"
            + "<version>1.2.3</version></dependency>")
        .formatted(artifact);
  }

  private static String management(String... dependencies) {
    return "<dependencyManagement><dependencies>"
        + String.join("", dependencies)
        + "</dependencies></dependencyManagement>";
  }

  private String pom(String artifact, String packaging, String dependencies) {
    return """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>dev.kmq</groupId>
          <artifactId>%s</artifactId>
          <version>1.2.3</version>
          <packaging>%s</packaging>
          <name>A name</name>
          <description>A description.</description>
          <url>https://example.org</url>
          <licenses>
            <license><name>Apache-2.0</name><url>https://example.org/license</url></license>
          </licenses>
          <developers>
            <developer><name>Ann</name><email>ann@example.org</email></developer>
          </developers>
          <scm>
            <connection>scm:git:https://example.org/kmq.git</connection>
            <developerConnection>scm:git:https://example.org/kmq.git</developerConnection>
            <url>https://example.org</url>
          </scm>
          <issueManagement><url>https://example.org/issues</url></issueManagement>
          %s
        </project>
        """
        .formatted(artifact, packaging, dependencies);
  }

  private String rootPom() {
    return """
        <project>
          <groupId>dev.kmq</groupId>
          <version>1.2.3</version>
          <properties>
            <owner.namespace>dev.kmq</owner.namespace>
            <owner.name>Ann</owner.name>
            <owner.email>ann@example.org</owner.email>
            <owner.url>https://example.org</owner.url>
            <owner.scm>https://example.org/kmq.git</owner.scm>
            <owner.issues>https://example.org/issues</owner.issues>
            <owner.key>%s</owner.key>
            <project.build.outputTimestamp>2026-01-01T00:00:00Z</project.build.outputTimestamp>
          </properties>
        </project>
        """
        .formatted(key);
  }
}
