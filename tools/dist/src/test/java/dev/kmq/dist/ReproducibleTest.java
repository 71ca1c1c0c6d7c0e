package dev.kmq.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.cli.Version;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds a copy of the sources in another folder, with another home folder, umask, time zone and
 * language, and compares the files of both builds. Other JDKs may write other bytes, and jars keep
 * the permissions of files, which are the same for the usual umasks, 022 and 002.
 */
@Timeout(1800)
class ReproducibleTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));

  /** The files of the sources as they are, with the same commit. */
  private static final String COPY =
      """
      git clone --quiet --shared --no-checkout "$1" copy
      git -C "$1" ls-files -z --cached | (cd "$1" && xargs -0 sh -c \
      'for f; do [ ! -e "$f" ] || printf "%s\\0" "$f"; done' sh) |
        tar -C "$1" --null --files-from=- -cf - | tar -C copy -xf -
      git -C copy reset --quiet
      git -C copy add --all
      """;

  /**
   * Without checks and tests, which write nothing that is compared; no list of parts with -o. As on
   * a fresh machine, no module of the project is found in the local repository.
   */
  private static final String BUILD =
      """
      umask 002
      mkdir repository repository/dev
      for group in "$2"/* "$2"/dev/*; do
        case ${group#"$2"/} in
        dev | dev/kmq | 'dev/*') ;;
        *) ln -s "$group" "repository/${group#"$2"/}" ;;
        esac
      done
      cd copy
      export HOME="$PWD/../home" TZ=Asia/Kolkata LC_ALL=C
      export MAVEN_OPTS="-Duser.home=$HOME -Duser.language=de -Duser.country=DE"
      ./mvnw -B -ntp "-Dmaven.repo.local=$PWD/../repository" -Dquick -Prelease,bundle,commit \
        -Djavadoc.phase=package -pl tools/dist -am package source:jar-no-fork >../log 2>&1 ||
        { tail -n 40 ../log; exit 1; }
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private void sh(String script) throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder(
                "/bin/sh",
                "-euc",
                script,
                "sh",
                ROOT.toString(),
                System.getProperty("maven.repo.local"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("messages").toFile());
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    shell.environment().put("MAVEN_USER_HOME", System.getProperty("user.home") + "/.m2");
    Process process = shell.start();
    process.getOutputStream().close();
    assertEquals(0, process.waitFor(), () -> read(folder.resolve("messages")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> files() throws IOException {
    String number = Version.ofBuild().number();
    String debian;
    try (var debs = Files.newDirectoryStream(ROOT.resolve("tools/dist/target"), "kmq_*.deb")) {
      debian = debs.iterator().next().getFileName().toString();
    }
    return List.of(
        "codec/target/kmq-codec-" + number + ".jar",
        "codec/target/kmq-codec-" + number + "-sources.jar",
        "codec/target/kmq-codec-" + number + "-javadoc.jar",
        "imageio-plugin/target/kmq-imageio-" + number + ".jar",
        "imageio-plugin/target/kmq-imageio-" + number + "-sources.jar",
        "imageio-plugin/target/kmq-imageio-" + number + "-javadoc.jar",
        "tools/dist/target/kmq.jar",
        "tools/dist/target/kmq-" + number + ".zip",
        "tools/dist/target/" + debian);
  }

  @Test
  void anotherBuildWritesTheSameBytes() throws Exception {
    assumeTrue(File.separatorChar == '/', "a shell as on Unix");
    assumeTrue(Files.exists(ROOT.resolve(".git")), "built without a repository");
    sh(COPY);
    sh(BUILD);
    StringBuilder differences = new StringBuilder();
    for (String name : files()) {
      Path here = ROOT.resolve(name);
      Path there = folder.resolve("copy").resolve(name);
      if (Files.mismatch(here, there) >= 0) {
        differences.append(name).append(": ").append(difference(here, there)).append('\n');
      }
    }
    assertEquals("", differences.toString());
  }

  /** The first entry of two archives that differs, or the first byte of other files. */
  private static String difference(Path here, Path there) throws IOException {
    if (!here.toString().matches(".*\\.(jar|zip)")) {
      return "byte " + Files.mismatch(here, there);
    }
    try (ZipFile first = new ZipFile(here.toFile());
        ZipFile second = new ZipFile(there.toFile())) {
      Map<String, ZipEntry> others = new LinkedHashMap<>();
      second.stream().forEach(entry -> others.put(entry.getName(), entry));
      Enumeration<? extends ZipEntry> entries = first.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        ZipEntry other = others.remove(entry.getName());
        if (other == null) {
          return entry + " is missing";
        }
        if (!Arrays.equals(content(first, entry), content(second, other))) {
          return entry + " has another content";
        }
        if (!entry.getTimeLocal().equals(other.getTimeLocal())) {
          return entry + " has another time: " + other.getTimeLocal();
        }
      }
      return others.isEmpty()
          ? "the same entries in another order or form"
          : others.keySet().iterator().next() + " is new";
    }
  }

  private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  @Test
  void aDifferenceIsNamed() throws Exception {
    Path first = folder.resolve("a.zip");
    Path second = folder.resolve("b.zip");
    Archives archives = new Archives(java.time.Instant.parse("2026-01-02T00:00:00Z"));
    archives.zip(first, List.of(Entry.file("x", new byte[1]), Entry.file("y", new byte[1])));
    archives.zip(second, List.of(Entry.file("x", new byte[1]), Entry.file("y", new byte[2])));
    assertEquals("y has another content", difference(first, second));
    archives.zip(second, List.of(Entry.file("x", new byte[1])));
    assertEquals("y is missing", difference(first, second));
    assertTrue(difference(second, first).endsWith("y is new"));
    archives.zip(second, List.of(Entry.file("y", new byte[1]), Entry.file("x", new byte[1])));
    assertEquals("the same entries in another order or form", difference(first, second));
  }
}
