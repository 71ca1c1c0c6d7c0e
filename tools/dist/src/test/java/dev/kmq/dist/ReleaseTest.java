package dev.kmq.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Installs the files of the release, and runs what is installed. */
@Timeout(600)
class ReleaseTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final Path TARGET = ROOT.resolve("tools/dist/target");

  private static final Predicate<String> COORDINATES =
      Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties").asMatchPredicate();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @BeforeEach
  void shell() {
    assumeTrue(File.separatorChar == '/', "a shell as on Unix");
  }

  private static Path file(String pattern) throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().matches(pattern)).toList();
      assertEquals(1, found.size(), pattern + ": " + found);
      return found.get(0);
    }
  }

  /** Runs a script in the folder and returns its standard output. */
  private String sh(String script, Object... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of("/bin/sh", "-euc", script, "sh"), Stream.of(arguments))
            .map(String::valueOf)
            .toList();
    ProcessBuilder shell = new ProcessBuilder(command).directory(folder.toFile());
    shell.environment().put("HOME", folder.resolve("home").toString());
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    shell.environment().remove("XDG_CACHE_HOME");
    shell.redirectOutput(folder.resolve("stdout").toFile());
    shell.redirectError(folder.resolve("stderr").toFile());
    Process process = shell.start();
    process.getOutputStream().close();
    int exit = process.waitFor();
    String out = Files.readString(folder.resolve("stdout"), StandardCharsets.UTF_8);
    assertEquals(0, exit, out + Files.readString(folder.resolve("stderr")));
    return out;
  }

  /** Skips the test if a program is missing, except in CI. */
  private void require(String program) throws IOException, InterruptedException {
    if (System.getenv("CI") == null) {
      boolean found = sh("command -v \"$1\" || echo missing", program).startsWith("/");
      assumeTrue(found, program + " is not installed");
    }
  }

  /** Encodes and decodes the samples, and an archive with a name in code page 437. */
  private void assertWorks(String kmq) throws IOException, InterruptedException {
    for (String name : List.of("landscape.jpg", "chart.png")) {
      Files.copy(ROOT.resolve("tools/sample").resolve(name), folder.resolve(name));
    }
    try (var zip =
        new org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream(
            folder.resolve("a.zip"))) {
      zip.setEncoding("IBM437");
      zip.setUseLanguageEncodingFlag(false);
      zip.putArchiveEntry(
          new org.apache.commons.compress.archivers.zip.ZipArchiveEntry("\u00fcber.png"));
      zip.write(Files.readAllBytes(folder.resolve("chart.png")));
      zip.closeArchiveEntry();
    }
    sh(kmq + " encode landscape.jpg chart.png a.zip --out-dir out -k 16");
    sh(kmq + " decode out/landscape.kmq out/chart.kmq --out-dir back");
    sh(kmq + " encode --method mix -k 8 chart.png -o all.tar.zst");
    assertTrue(Files.exists(folder.resolve("out/\u00fcber.kmq")));
    assertTrue(Files.size(folder.resolve("back/landscape.png")) > 1000);
  }

  /** Every library that left its coordinates in the jar is in the list. */
  @Test
  void theListOfPartsNamesWhatTheJarContains() throws IOException {
    String parts = Files.readString(file("kmq-.*-cyclonedx\\.json"));
    List<String> names;
    try (JarFile jar = new JarFile(TARGET.resolve("kmq.jar").toFile())) {
      names = jar.stream().map(entry -> entry.getName()).filter(COORDINATES).toList();
    }
    assertTrue(names.size() > 10, names::toString);
    for (String name : names) {
      String[] path = name.split("/", -1);
      String purl = "\"pkg:maven/" + path[2] + "/" + path[3] + "@";
      assertTrue(parts.contains(purl), purl);
    }
  }

  @Test
  void theZipRunsWhereItIsUnpacked() throws Exception {
    require("unzip");
    sh(
        "mkdir \"it's here\"; cd \"it's here\"; unzip -q \"$1\"; mv kmq-* kmq",
        file("kmq-.*\\.zip"));
    assertWorks("\"./it's here/kmq/bin/kmq\"");
    String files = sh("cd it*/kmq; find . -type f | sort");
    assertTrue(files.matches("(?s).*\\./lib/kmq-\\d+-\\d+-[^/]*\\.(jsa|aot)\n.*"), files);
    for (String name :
        List.of(
            "LICENSE",
            "NOTICE",
            "README.md",
            "CHANGELOG.md",
            "bin/kmq.cmd",
            "docs/guide.md",
            "lib/kmq.jar",
            "share/completions/_kmq",
            "share/man/man1/kmq-encode.1")) {
      assertTrue(files.contains("./" + name + "\n"), name);
    }
    assertFalse(Files.exists(folder.resolve("home")), "files outside of the installation");
  }

  @Test
  void theArchiveWithARuntimeNeedsNoJava() throws Exception {
    sh("tar xzf \"$1\"; mv kmq-* kmq", file("kmq-.*\\.tar\\.gz"));
    sh(
        "mkdir path; for p in sh dirname readlink sed head tail tr cksum mkdir mktemp rm mv tar;"
            + " do printf '#!/bin/sh\\nexec %s \"$@\"\\n' \"$(command -v $p)\" >path/$p; done;"
            + " chmod +x path/*");
    assertWorks("unset JAVA_HOME; PATH=$PWD/path ./kmq/bin/kmq");
    String modules = sh("kmq/runtime/bin/java --list-modules");
    assertTrue(modules.contains("java.desktop@") && !modules.contains("jdk.compiler@"), modules);
  }

  @Test
  void theDebianPackageInstallsRunsAndLeavesNothing() throws Exception {
    require("dpkg");
    boolean root = sh("id -u").equals("0\n");
    assumeTrue(root, "dpkg installs as root");
    Path deb = file("kmq_.*_all\\.deb");
    sh("mkdir -p root/var/lib/dpkg/updates root/var/lib/dpkg/info; : >root/var/lib/dpkg/status");
    String dpkg = "dpkg --root=$PWD/root --force-depends --force-script-chrootless ";
    sh(dpkg + "-i \"$1\"", deb);
    assertWorks("root/usr/bin/kmq");
    String files = sh("find root home -type f | sort");
    assertTrue(files.contains("home/.cache/kmq/kmq-"), files);
    assertFalse(files.contains("root/usr/share/kmq/kmq-"), "the archive is in the cache: " + files);
    assertEquals("ok\n", sh(dpkg + "--verify kmq; echo ok"));
    String completed =
        sh(
            "exec bash -c '. root/usr/share/bash-completion/completions/kmq;"
                + " COMP_WORDS=(kmq enc) COMP_CWORD=1; _kmq; echo $COMPREPLY'");
    assertEquals("encode\n", completed);
    assertTrue(
        sh("gzip -dc root/usr/share/man/man1/kmq-encode.1.gz").startsWith(".TH KMQ\\-ENCODE 1 "));
    assertSystemKnowsTheType();
    sh(dpkg + "-r kmq");
    assertEquals("", sh("[ ! -e root/usr ] || find root/usr -type f"));
  }

  /** Asks as file managers do, and {@code file} with the rules where the guide puts them. */
  private void assertSystemKnowsTheType() throws IOException, InterruptedException {
    for (String program : List.of("update-mime-database", "gio", "file")) {
      require(program);
    }
    sh("mkdir -p home; cp out/chart.kmq upload; cp landscape.jpg fake.kmq");
    // As the trigger of shared-mime-info does after an installation.
    sh("cp /usr/share/mime/packages/freedesktop.org.xml root/usr/share/mime/packages");
    sh("update-mime-database root/usr/share/mime");
    String types =
        sh(
            "export XDG_DATA_DIRS=$PWD/root/usr/share;"
                + " gio info -a standard::content-type out/chart.kmq upload landscape.jpg"
                + " | sed -n 's/ *standard::content-type: //p'");
    assertEquals("image/x-kmq\nimage/x-kmq\nimage/jpeg\n", types);
    sh("cat root/usr/share/doc/kmq/examples/kmq.magic >> home/.magic");
    assertEquals(
        "image/x-kmq\nimage/x-kmq\nimage/jpeg\nimage/jpeg\n",
        sh("file -b --mime-type out/chart.kmq upload landscape.jpg fake.kmq"));
    assertTrue(sh("file -b upload").startsWith("kmq image data, version 1, "));
    sh("rm -r root/usr/share/mime");
  }

  @Test
  void lintianFindsNothing() throws Exception {
    assumeTrue(
        sh("command -v lintian || echo missing").startsWith("/"), "lintian is not installed");
    assertEquals("", sh("lintian --allow-root \"$1\"", file("kmq_.*_all\\.deb")));
  }
}
