package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs a separate process: streams, locales, kills. */
@Timeout(600)
class CommandProcessTest extends CommandTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private byte[] expected;

  @BeforeEach
  void picture() throws IOException {
    assumeTrue(File.separatorChar == '/', "a shell as on Unix");
    Path png = png("a.png", quarters(8, 8));
    assertEquals(0, kmq("encode", png, "-o", folder.resolve("expected")).exit());
    expected = Files.readAllBytes(folder.resolve("expected"));
  }

  private Process start(String script, String... environment) throws IOException {
    String kmq =
        "kmq() { \"$JAVA\" -XX:TieredStopAtLevel=1 $J -cp \"$CP\""
            + " dev.kmq.cli.KmqCommand \"$@\"; }\n";
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", kmq + script);
    shell.directory(folder.toFile());
    shell.environment().putAll(java.util.Map.of("JAVA", JAVA, "CP", CLASS_PATH, "J", ""));
    shell.environment().remove("JAVA_TOOL_OPTIONS");
    for (int i = 0; i < environment.length; i += 2) {
      shell.environment().put(environment[i], environment[i + 1]);
    }
    shell.redirectOutput(folder.resolve("stdout").toFile());
    shell.redirectError(folder.resolve("stderr").toFile());
    return shell.start();
  }

  private Run sh(String script, String... environment) throws IOException {
    try {
      int exit = start(script, environment).waitFor();
      return new Run(
          exit,
          Files.readAllBytes(folder.resolve("stdout")),
          new String(Files.readAllBytes(folder.resolve("stderr")), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFileThatCannotGrowIsNamed() throws IOException {
    png("noise.png", noise(400, 400, 1));
    Run run = sh("ulimit -f 16; kmq encode -q noise.png -o n.kmq", "J", "-XX:-UsePerfData");
    assertEquals(1, run.exit(), run.err());
    assertEquals("kmq: noise.png: output n.kmq: File too large\n", run.err());
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(file -> file.toString().endsWith(".tmp")));
    }
    assertFalse(Files.exists(folder.resolve("n.kmq")));
  }

  @Test
  void standardStreamsByName() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/fd")), "descriptors as files");
    Run run =
        sh("kmq encode /dev/stdin < a.png > b.kmq && cat a.png | kmq encode /dev/fd/0 -o c.kmq");
    assertEquals(0, run.exit(), run.err());
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("b.kmq")));
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("c.kmq")));
    run =
        sh(
            "kmq encode a.png -o /dev/stdout | cat > d.kmq; "
                + "kmq encode a.png -o /dev/stdout > e.kmq");
    assertEquals(0, run.exit(), run.err());
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("d.kmq")));
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("e.kmq")));
    run = sh("kmq encode /dev/fd/3 3< a.png -o /dev/fd/4 4> f.kmq");
    assertEquals(0, run.exit(), run.err());
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("f.kmq")));
  }

  @Test
  void theCurrentFolderByName() throws IOException {
    Run run =
        sh(
            "mkdir in out; mv a.png in; kmq encode in/a.png --out-dir . &&"
                + " kmq decode a.kmq --out-dir out/.. && cp in/a.png a.png");
    assertEquals(0, run.exit(), run.err());
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("a.kmq")));
  }

  @Test
  void namesWithoutALocale() throws IOException {
    Run run =
        sh(
            "mkdir -p in; cp a.png \"in/$(printf 'lat\\351in').png\";"
                + " cp a.png \"in/$(printf '\\303\\274').png\";"
                + " kmq encode -r in --out-dir out && kmq encode \"in/$(printf '\\303\\274').png\""
                + " && kmq decode -r out && find in out | od -An -c",
            "LC_ALL",
            "C");
    assertEquals(0, run.exit(), run.err());
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          5, // two from folder to folder, one next to its input, two decoded
          files.filter(p -> p.toString().matches(".*\\.kmq|.*/out/.*\\.png")).count());
    }
    assertTrue(run.out().contains("351"), run.out());
  }

  @Test
  void namesThatTheLocaleCannotSayFailAlone() throws IOException {
    Path zip = folder.resolve("u.zip");
    try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("\u00fcber.png", "ok.png")) {
        out.putNextEntry(new java.util.zip.ZipEntry(name));
        out.write(Files.readAllBytes(folder.resolve("a.png")));
        out.closeEntry();
      }
    }
    Run run = sh("kmq encode u.zip a.png --out-dir out --exclude 'x*'", "LC_ALL", "C");
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.err().contains("LC_ALL=C.UTF-8"), run.err());
    assertTrue(files().containsAll(List.of("out/a.kmq", "out/ok.kmq")), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "hi-IN-u-nu-deva", "tr-TR"})
  void digitsAreAsciiInEveryLocale(String language) {
    Locale before = Locale.getDefault();
    try {
      for (String[] arguments :
          List.of(
              new String[] {"encode", "--max-pixels", "12", "--json", "a.png"},
              new String[] {"encode", "--tile", "17x16", "a.png"},
              new String[] {"sweep", "-k", "2", "a.png"},
              new String[] {"palette", "--max-pixels", "34", "a.png"})) {
        Locale.setDefault(Locale.forLanguageTag(language));
        arguments[arguments.length - 1] = folder.resolve("a.png").toString();
        Run run = kmq((Object[]) arguments);
        String all = run.out() + run.err();
        assertTrue(all.codePoints().noneMatch(c -> c > 127 && Character.isDigit(c)), all);
        assertTrue(all.matches("(?s).*\\d.*"), all);
      }
      Locale.setDefault(Locale.forLanguageTag(language));
      Run swatches = kmqWith(new byte[0], true, "palette", folder.resolve("a.png"));
      assertTrue(swatches.out().contains("\u001b[48;2;255;255;255m"), swatches.out());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void digitsAreAsciiInAProcess() throws IOException {
    Run run =
        sh("kmq encode --max-pixels 12 a.png --json", "J", "-Duser.language=ar -Duser.country=EG");
    assertTrue(run.out().contains("8x8") && run.out().contains("of 12"), run.out());
  }

  @Test
  void permissionsAreThoseOfTheUserOrOfTheOldFile() throws IOException {
    Run run =
        sh(
            "umask 027; kmq encode a.png -o new.kmq; kmq encode a.png -o old.kmq;"
                + " chmod 664 old.kmq; kmq encode -f a.png -o old.kmq");
    assertEquals(0, run.exit(), run.err());
    for (String expect : List.of("new.kmq rw-r-----", "old.kmq rw-rw-r--")) {
      String[] parts = expect.split(" ", -1);
      assertEquals(
          parts[1],
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(parts[0]))));
    }
  }

  private List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(p -> String.valueOf(p.getFileName()).endsWith(".tmp")).toList();
    } catch (java.io.UncheckedIOException e) {
      return List.of(); // a file went while its folder was read
    }
  }

  @Test
  void killedRunsLeaveOldOrNewAndTheNextOneClears() throws Exception {
    for (int i = 0; i < 6; i++) {
      png("in/" + i + ".png", noise(120, 120, i));
    }
    Run undisturbed = sh("kmq encode -r in --out-dir right -k 300");
    assertEquals(0, undisturbed.exit(), undisturbed.err());
    byte[] old = {1, 2, 3};
    Files.createDirectories(folder.resolve("out"));
    Random random = new Random(7);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 6; i++) {
        Files.write(folder.resolve("out/" + i + ".kmq"), old);
      }
      Process process =
          start(
              "exec \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CP\" dev.kmq.cli.KmqCommand"
                  + " encode --force -r in --out-dir out -k 300");
      // When a temporary file appears, or some time later.
      while (process.isAlive() && temporaries().isEmpty()) {
        Thread.onSpinWait();
      }
      if (round > 0) {
        process.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
      for (int i = 0; i < 6; i++) {
        byte[] now = Files.readAllBytes(folder.resolve("out/" + i + ".kmq"));
        byte[] right = Files.readAllBytes(folder.resolve("right/" + i + ".kmq"));
        assertTrue(Arrays.equals(now, old) || Arrays.equals(now, right), "neither old nor new");
      }
    }
    // One more file, of a process that cannot run: Linux numbers them below this.
    Files.write(folder.resolve("out/.kmq-4194304-1-a.tmp"), old);
    Files.delete(folder.resolve("out/5.kmq"));
    assertFalse(temporaries().isEmpty());
    assertEquals(0, sh("kmq encode --force -r in --out-dir out -k 300").exit());
    assertEquals(List.of(), temporaries());
    for (int i = 0; i < 6; i++) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("right/" + i + ".kmq")),
          Files.readAllBytes(folder.resolve("out/" + i + ".kmq")));
    }
    // Runs that skip all outputs clean the folder as well.
    Files.write(folder.resolve("out/.kmq-4194305-1-a.tmp"), old);
    assertEquals(0, sh("kmq encode --skip-existing -r in --out-dir out").exit());
    assertEquals(List.of(), temporaries());
  }

  /** A run on a terminal; {@code script} stops for good if the system stops it for a while. */
  private Run onTerminal(String arguments, String... environment) throws IOException {
    assumeTrue(
        sh("command -v script && command -v timeout && script -V").exit() == 0,
        "script of util-linux");
    String run =
        "timeout -s KILL 60 script -qec '\"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CP\""
            + " dev.kmq.cli.KmqCommand "
            + arguments
            + "' /dev/null < /dev/null";
    Run typed = sh(run, environment);
    for (int i = 0; i < 3 && typed.exit() == 137; i++) {
      typed = sh(run, environment);
    }
    return typed;
  }

  @Test
  void aTerminalGetsNoPicture() throws IOException {
    for (String arguments : List.of("encode a.png -o -", "encode - < a.png")) {
      Run typed = onTerminal(arguments);
      assertEquals(2, typed.exit(), typed.out());
      assertTrue(typed.out().contains("to a terminal"), typed.out());
    }
    String palette = onTerminal("palette a.png", "TERM", "xterm").out();
    assertTrue(palette.contains("\u001b[48;2;"), palette);
    palette = onTerminal("palette a.png", "TERM", "dumb").out();
    assertFalse(palette.isEmpty() || palette.contains("\u001b"), palette);
  }

  @Test
  void progressIsShownAsideOfReports() throws IOException {
    png("wide.png", noise(2000, 1500, 1));
    String run = "encode --force a.png wide.png";
    String bar = onTerminal(run, "TERM", "xterm").out();
    assertTrue(bar.matches("(?s).*kmq +\\d+% \\[[=> ]+] [01]/2 .*\\d\\.\\d MP, .*"), bar);
    assertTrue(bar.contains("wide.png"), bar);
    String last = bar.substring(bar.indexOf("2 images"));
    assertFalse(last.contains("kmq"), "nothing is left of the line: " + last);
    for (String report : List.of("-q", "-q --json")) {
      assertEquals("", onTerminal(run + " " + report + " > report", "TERM", "xterm").out());
    }
    String dumb = onTerminal(run, "TERM", "dumb").out();
    assertFalse(dumb.contains("kmq ") || dumb.contains("\u001b"), dumb);
    String plain = onTerminal(run, "TERM", "xterm", "NO_COLOR", "1").out();
    assertTrue(plain.contains("MP/s") && !plain.contains("\u001b"), plain);
  }
}
