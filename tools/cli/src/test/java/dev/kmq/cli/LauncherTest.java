package dev.kmq.cli;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts that build and start the command, with a Java and a Maven that are scripts. */
@Timeout(180)
class LauncherTest extends CommandTest {
  private static final Path TOOLS = Path.of(System.getProperty("kmq.root"), "tools");

  /** A JDK that prints its arguments, one a line, and makes archives on request. */
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        case $word in
          -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*) echo archive >"${word#*=}"; exit ;;
        esac
      done
      printf '%s\\n' "$@"
      """;

  private static final String MAIN = "\ndev.kmq.cli.KmqCommand\n";

  private static final String MAVEN =
      """
      #!/bin/sh
      printf '%s\\n' "$@" >maven-arguments
      echo '[INFO] Building kmq codec 0.1.0-SNAPSHOT             [1/2]'
      echo 'Downloaded from central: https://repo.example/a.jar (1 kB at 1 kB/s)'
      echo '[INFO] Building kmq command 0.1.0-SNAPSHOT           [2/2]'
      : >tools/cli/target/kmq.jar
      """;

  private Path root;
  private Path jdk;

  @BeforeEach
  void cloneOfTheSources() throws IOException {
    assumeTrue(File.separatorChar == '/', "a shell as on Unix");
    root = folder.resolve("it's my clone");
    jdk = folder.resolve("a jdk");
    script(root.resolve("tools/kmq"), Files.readString(TOOLS.resolve("kmq")));
    script(root.resolve("tools/cli/bin/kmq"), Files.readString(TOOLS.resolve("cli/bin/kmq")));
    script(root.resolve("mvnw"), MAVEN);
    script(jdk.resolve("bin/java"), JAVA);
    script(jdk.resolve("bin/javac"), "#!/bin/sh\necho javac 17.0.1\n");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }

  private Run sh(String script) throws IOException, InterruptedException {
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", script);
    shell.directory(folder.toFile());
    shell.environment().put("JAVA_HOME", jdk.toString());
    shell.environment().put("HOME", folder.resolve("home").toString());
    shell.environment().remove("XDG_CACHE_HOME");
    shell.environment().remove("KMQ_JAVA_OPTS");
    shell.redirectOutput(folder.resolve("stdout").toFile());
    shell.redirectError(folder.resolve("stderr").toFile());
    Process process = shell.start();
    process.getOutputStream().close();
    int exit = process.waitFor();
    String err = Files.readString(folder.resolve("stderr"), StandardCharsets.UTF_8);
    return new Run(exit, Files.readAllBytes(folder.resolve("stdout")), err);
  }

  private Run kmq(String words) throws IOException, InterruptedException {
    return sh("\"./it's my clone/tools/kmq\" " + words);
  }

  private String jar() throws IOException {
    return root.toRealPath() + "/tools/cli/target/kmq.jar";
  }

  @Test
  void theFirstRunBuildsAndShowsIt() throws Exception {
    Run run = kmq("info 'a b'");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().endsWith("\n-cp\n" + jar() + MAIN + "info\na b\n"), run.out());
    assertEquals(
        List.of(
            "kmq: building once: downloads at most 36 MB, takes about a minute",
            "kmq: building: module 1 of 2, kmq codec",
            "kmq: building: module 2 of 2, kmq command"),
        run.err().lines().toList());
    assertTrue(Files.readString(root.resolve("maven-arguments")).contains("\n-Dquick\n"));
    assertFalse(Files.exists(root.resolve("tools/cli/target/building")), "a lock remains");

    run = kmq("info");
    assertEquals("", run.err());
    Path source = root.resolve("tools/cli/src/main/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "");
    run =
        sh(
            "touch -d '+1 min' \"it's my clone/tools/cli/src/main/A.java\"; "
                + "\"./it's my clone/tools/kmq\" x");
    assertTrue(run.err().startsWith("kmq: building, as the sources have changed\n"), run.err());
  }

  @Test
  void aKilledBuildDoesNotLock() throws Exception {
    Path lock = Files.createDirectories(root.resolve("tools/cli/target/building"));
    Run ended = sh("echo $$");
    Files.writeString(lock.resolve("pid"), ended.out());
    assertEquals(0, kmq("info").exit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rm 'a jdk/bin/javac'|is a Java runtime without a compiler; set JAVA_HOME to a JDK, 17",
        "rm 'a jdk/bin/java'|which has no bin/java; correct it or unset it",
        "echo echo javac 11.0.2 >'a jdk/bin/javac'|is of Java 11.0.2; install a JDK, 17 or newer",
        "echo 'echo javac 1.8.0_402 >&2' >'a jdk/bin/javac'|is of Java 1.8.0_402; install a JDK",
        "unset JAVA_HOME; PATH=$PWD/tools|no Java found; install a JDK, 17 or newer",
        "unset JAVA_HOME; ln -s \"$PWD/a jdk/bin/java\" tools; PATH=$PWD/tools"
            + "|/tools/java is a runtime without a compiler; install a JDK, 17 or newer",
        ": >\"it's my clone/tools/cli/target\""
            + "|which is not writable; clone to a folder that is",
        "echo 'echo \"[ERROR] x: Could not transfer artifact a:b from/to c: d\"; exit 1'"
            + " >\"it's my clone/mvnw\""
            + "|a download failed; check the network, and proxy or mirror",
        "echo 'echo curl: Failed to fetch https://repo.example/m.zip; exit 1' >\"it's my clone/mvnw\""
            + "|Failed to fetch https://repo.example/m.zip",
        "echo 'exit 1' >\"it's my clone/mvnw\"|the build failed; all messages are in"
      })
  void whatIsMissingIsStatedInOneLine(String before, String message) throws Exception {
    Run run =
        sh(
            // The programs that the scripts need, and no Java.
            "mkdir tools; for p in sh dirname readlink find head mkdir sed touch rm cat grep tail"
                + " git; do ln -s \"$(command -v $p)\" tools; done; ("
                + before
                + " 2>/dev/null; exec sh \"./it's my clone/tools/kmq\" info);"
                + " code=$?; rm -r tools; exit $code");
    assertEquals(1, run.exit(), run.err());
    List<String> lines =
        run.err().lines().filter(line -> !line.startsWith("kmq: building once")).toList();
    assertEquals(1, lines.size(), run.err());
    assertTrue(lines.get(0).startsWith("kmq: ") && lines.get(0).contains(message), run.err());
    assertFalse(Files.exists(root.resolve("tools/cli/target/building")), "a lock remains");
  }

  @Test
  void linksAreFollowed() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    Files.createSymbolicLink(bin.resolve("absolute"), root.resolve("tools/kmq"));
    Files.createSymbolicLink(bin.resolve("relative"), Path.of("../../it's my clone/tools/kmq"));
    Files.createSymbolicLink(bin.resolve("twice"), Path.of("relative"));
    Files.createSymbolicLink(folder.resolve("home/b"), Path.of("bin"));
    Files.createSymbolicLink(folder.resolve("home/far"), Path.of("b/twice"));
    for (String name : List.of("bin/absolute", "bin/relative", "bin/twice", "b/twice", "far")) {
      Run run = sh("cd home && \"" + folder.resolve("home/" + name) + "\" x");
      assertEquals(0, run.exit(), run.err());
      assertTrue(run.out().endsWith("\n" + jar() + MAIN + "x\n"), run.out());
    }
    Run path = sh("PATH=$PWD/home/bin:$PATH; cd /; twice y");
    assertTrue(path.out().endsWith("/kmq.jar" + MAIN + "y\n"), path.out() + path.err());
    assertFalse(Files.exists(bin.resolve("cli")));
  }

  /** Neither -cp nor -jar finds its classes then. */
  @Test
  void aFolderWithAColonIsRefused() throws Exception {
    Files.move(install("lib"), folder.resolve("opt/a:b"));
    Run run = sh("opt/a:b/bin/kmq x");
    assertEquals(1, run.exit());
    String jar = folder.toRealPath() + "/opt/a:b/lib/kmq.jar";
    assertEquals(
        "kmq: Java finds no class in "
            + jar
            + ", because its path has a colon; rename the folder\n",
        run.err());
  }

  /** Installs into a folder, with the jar in its subfolder. */
  private Path install(String subfolder) throws IOException {
    Path home = folder.resolve("opt/my kmq");
    script(home.resolve("bin/kmq"), Files.readString(TOOLS.resolve("cli/bin/kmq")));
    Files.createDirectories(home.resolve(subfolder));
    Files.writeString(home.resolve(subfolder).resolve("kmq.jar"), "");
    return home;
  }

  private static List<String> archives(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("kmq.jar"))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"lib,opt/my kmq/lib", "share/kmq,home/.cache/kmq"})
  void anArchiveIsMadeOnceForEachJarAndJava(String subfolder, String folderOfArchives)
      throws Exception {
    Path home = install(subfolder);
    Path archives = folder.resolve(folderOfArchives);
    Run run = sh("'opt/my kmq/bin/kmq' x");
    assertEquals(0, run.exit(), run.err());
    List<String> first = archives(archives);
    assertEquals(1, first.size(), first.toString());
    assertTrue(first.get(0).endsWith("-17.0.1.jsa"), first.toString());
    String option = "-XX:SharedArchiveFile=" + archives.toRealPath() + "/" + first.get(0) + "\n";
    assertTrue(run.out().startsWith(option), run.out());
    sh("'opt/my kmq/bin/kmq' x");
    assertEquals(first, archives(archives));
    // An archive of another jar is replaced.
    Files.writeString(home.resolve(subfolder).resolve("kmq.jar"), "another");
    sh("'opt/my kmq/bin/kmq' x");
    List<String> second = archives(archives);
    assertEquals(1, second.size());
    assertFalse(second.equals(first));
    // One of another Java is kept.
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21\"\n");
    sh("'opt/my kmq/bin/kmq' x");
    assertEquals(2, archives(archives).size());
  }

  @ParameterizedTest
  @CsvSource({
    "21.0.1,-21.0.1.jsa,-XX:SharedArchiveFile=",
    "25,-25.aot,-XX:AOTCache=",
    "26-ea,-26-ea.aot,-XX:AOTCache="
  })
  void javaTwentyFiveHasACacheInstead(String version, String suffix, String option)
      throws Exception {
    Path archives = install("lib").resolve("lib");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"");
    Run run = sh("'opt/my kmq/bin/kmq' x");
    assertEquals(0, run.exit(), run.err());
    assertTrue(archives(archives).get(0).endsWith(suffix), archives(archives).toString());
    assertTrue(run.out().startsWith(option), run.out());
    assertFalse(run.out().contains("-Xshare"), "excludes a cache");
  }

  @Test
  void whatAFailedRunLeavesIsNotUsed() throws Exception {
    Path archives = install("lib").resolve("lib");
    script(jdk.resolve("bin/java"), JAVA.replace("; exit ;;", "; exit 1 ;;"));
    Run run = sh("'opt/my kmq/bin/kmq' x");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().startsWith("-Xlog:disable\n"), run.out());
    assertEquals(0, Files.size(archives.resolve(archives(archives).get(0))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|true",
        "encode a.png|true",
        "encode a.png 'half a' -o link|true",
        "encode -o -x.kmq ./-x half1 'half a'|true",
        "encode large|false",
        "encode to-large|false",
        "encode half1 'half a' half2|false",
        "encode -r folder|false",
        "encode a.zip|false",
        "encode - -o a.kmq|false",
        "encode --effort best a.png|false",
        "encode --effort=best a.png|false",
        "sweep a.png|false"
      })
  void shortRunsHaveOneCompiler(String words, boolean isShort) throws Exception {
    install("lib");
    String files =
        "mkdir folder; : >-x; : >a.png; : >a.zip; ln -s a.png link; ln -s large to-large;"
            + " for f in half1 'half a' half2; do head -c 500000 /dev/zero >\"$f\"; done;"
            + " head -c 1048577 /dev/zero >large; 'opt/my kmq/bin/kmq' ";
    Run run = sh(files + words);
    assertEquals(0, run.exit(), run.err());
    assertEquals(isShort, run.out().contains("\n-XX:TieredStopAtLevel=1\n"), run.out());
    assertEquals(isShort, run.out().contains("\n-XX:Tier3InvocationThreshold=1000\n"), run.out());
    Run byDefault = sh("export KMQ_OPTS='--effort best *'; 'opt/my kmq/bin/kmq' encode");
    assertFalse(byDefault.out().contains("TieredStopAtLevel"), byDefault.out());
  }

  @Test
  void withoutAFolderThereIsNoArchive() throws Exception {
    install("share/kmq");
    Run run = sh("unset HOME; 'opt/my kmq/bin/kmq' x");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().startsWith("-Xlog:disable\n"), run.out());
    run = sh(": >home; 'opt/my kmq/bin/kmq' x");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().startsWith("-Xlog:disable\n"), run.out());
  }

  @Test
  void anInstallationUsesItsOwnJava() throws Exception {
    Path home = install("lib");
    script(home.resolve("runtime/bin/java"), "#!/bin/sh\necho own\n");
    assertEquals("own\n", sh("'opt/my kmq/bin/kmq' x").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo 'JAVA_VERSION=\"11.0.2\"' >'a jdk/release'|is Java 11.0.2; kmq needs 17 or newer",
        "rm 'a jdk/bin/java'|which has no bin/java; correct it or unset it",
        "rm 'opt/my kmq/lib/kmq.jar'|no kmq.jar in"
      })
  void anInstallationThatCannotStartStatesWhy(String before, String message) throws Exception {
    install("lib");
    Run run = sh(before + "; 'opt/my kmq/bin/kmq' x");
    assertEquals(1, run.exit());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("kmq: ") && run.err().contains(message), run.err());
  }
}
