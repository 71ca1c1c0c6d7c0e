package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.Kmq;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipe of any name is read once and to its end, like standard input. */
@Timeout(180)
class PipesTest extends CommandTest {
  private byte[] png;
  private byte[] kmq;

  @BeforeEach
  void pictures() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/fd")), "descriptors as files");
    png = Files.readAllBytes(png("in/a.png", quarters(8, 8)));
    assertEquals(0, kmq("encode", folder.resolve("in/a.png"), "-o", folder.resolve("k")).exit());
    kmq = Files.readAllBytes(folder.resolve("k"));
  }

  private Path fifo(String name) throws IOException {
    Path path = folder.resolve(name);
    try {
      assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return path;
  }

  /** A named pipe that delivers these bytes. */
  private Path giving(String name, byte[] bytes) throws IOException {
    Path path = fifo(name);
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.write(path, bytes);
              } catch (IOException e) {
                // It was not read.
              }
            });
    writer.setDaemon(true);
    writer.start();
    return path;
  }

  @Test
  void everyVerbReadsAPipe() throws IOException {
    Path out = folder.resolve("x.kmq");
    Run run = kmq("encode", giving("p1", png), "-o", out);
    assertEquals(0, run.exit(), run.err());
    assertArrayEquals(kmq, Files.readAllBytes(out));
    assertArrayEquals(kmq, kmq("encode", giving("p2", png)).bytes());
    run = kmq("decode", giving("p3", kmq), "-o", folder.resolve("x.png"));
    assertEquals(0, run.exit(), run.err());
    run = kmq("decode", giving("p4", kmq), "--region", "2,2,3,3", "-o", folder.resolve("y.png"));
    assertEquals(0, run.exit(), run.err());
    run = kmq("info", "--json", "--bits", giving("p5", kmq));
    assertEquals(kmq.length, run.json().get(0).get("bytes").intValue());
    assertEquals(0, kmq("check", giving("p6", kmq)).exit());
    run = kmq("sweep", "-k", "2,4", giving("p7", png));
    assertEquals(0, run.exit(), run.err());
    run = kmq("palette", giving("p8", png));
    assertEquals(4, run.out().lines().count(), run.err());
    run = kmq("palette", giving("p9", kmq), folder.resolve("in/a.png"));
    assertEquals(4, run.out().lines().count(), run.err());
  }

  @Test
  void palettesComeWholeOutOfPipes() throws IOException {
    byte[] hex = "#ff0000\n#00ff00\n#0000ff\n".getBytes(StandardCharsets.UTF_8);
    Path in = folder.resolve("in/a.png");
    Path out = folder.resolve("x.kmq");
    for (Path given : List.of(giving("p1", hex), giving("p2", AsKmq.of(hex, folder)))) {
      Run run = kmq("encode", "--force", "--palette", given, in, "-o", out);
      assertEquals(0, run.exit(), run.err());
      assertEquals(
          List.of("#ff0000", "#00ff00", "#0000ff"), kmq("palette", out).out().lines().toList());
    }
    Run run = kmqWith(hex, false, "encode", "--force", "--palette", "-", in, "-o", out);
    assertEquals(0, run.exit(), run.err());
    assertEquals(3, Kmq.decode(Files.readAllBytes(out)).palette().size());
    assertEquals(2, kmqWith(hex, false, "encode", "--palette", "-", "-").exit());
    assertEquals(3, kmqWith(hex, false, "palette", "-").out().lines().count());
    run = kmq("palette", giving("p3", hex), "-o", folder.resolve("x.gpl"));
    assertEquals(0, run.exit(), run.err());
    assertTrue(Files.readString(folder.resolve("x.gpl")).contains("255   0   0"));
  }

  /** A palette as a .kmq. */
  private static final class AsKmq {
    static byte[] of(byte[] hex, Path folder) throws IOException {
      Path text = Files.write(folder.resolve("t.hex"), hex);
      Path file = folder.resolve("t.kmq");
      assertEquals(0, kmq("palette", text, "-o", file).exit());
      return Files.readAllBytes(file);
    }
  }

  @Test
  void emptyPipesAndLongPalettesAreDistinguished() throws IOException {
    for (String verb : List.of("encode", "decode", "info", "check", "sweep", "palette")) {
      Run run = kmq(verb, giving(verb, new byte[0]));
      assertEquals(1, run.exit());
      assertTrue(run.err().contains("is empty"), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    }
    Path in = folder.resolve("in/a.png");
    assertTrue(kmq("encode", "--palette", giving("e", new byte[0]), in).err().contains("is empty"));
    byte[] lines = "#ff0000\n".repeat(600_000).getBytes(StandardCharsets.UTF_8);
    Run run = kmq("encode", "--palette", Files.write(folder.resolve("long.hex"), lines), in);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("4 MiB"), run.err());
  }

  /** An endless device is refused by its first bytes, or at the size limit of a palette. */
  @Test
  void inputsWithoutEndAreRefused() throws IOException {
    String zero = "/dev/zero";
    assumeTrue(Files.exists(Path.of(zero)));
    Path in = folder.resolve("in/a.png");
    Run run = kmq("encode", "--palette", zero, in);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("4 MiB"), run.err());
    for (String verb : List.of("encode", "decode", "info", "check")) {
      run = kmq(verb, zero, "-o", folder.resolve("x"));
      run = verb.equals("info") || verb.equals("check") ? kmq(verb, zero) : run;
      assertEquals(1, run.exit(), verb);
      assertTrue(run.err().contains(zero), run.err());
      assertFalse(run.err().contains("memory"), run.err());
    }
  }

  /** The command does not wait for data after a complete file. */
  @Test
  void endlessBytesAfterAFileAreRefusedAtOnce() throws IOException {
    for (String verb : List.of("check", "decode")) {
      Path pipe = fifo(verb);
      Thread writer =
          new Thread(
              () -> {
                try (OutputStream out = Files.newOutputStream(pipe)) {
                  out.write(kmq);
                  while (true) {
                    out.write(new byte[1 << 16]);
                  }
                } catch (IOException e) {
                  // The reader has closed the pipe.
                }
              });
      writer.setDaemon(true);
      writer.start();
      Run run = verb.equals("check") ? kmq(verb, pipe) : kmq(verb, pipe, "-o", pipe + ".png");
      assertEquals(1, run.exit(), run.err());
      assertTrue(run.err().contains("bytes follow the end"), run.err());
      assertTrue(run.err().contains(pipe.toString()), run.err());
    }
  }

  @Test
  void terminalsByNameGetNoBytes() throws IOException {
    String tty = "/dev/tty";
    assumeTrue(Files.exists(Path.of(tty)), "a system with /dev/tty");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(tty));
    Path picture = folder.resolve("in/a.png");
    Path file = folder.resolve("k");
    for (Object name : List.of(tty, link)) {
      for (Run run :
          List.of(
              kmq("encode", picture, "-o", name),
              kmq("decode", file, "-f", "-o", name),
              kmq("check", file, "--salvage", name),
              kmq("sweep", picture, "-f", "--csv", name))) {
        assertEquals(2, run.exit(), run.err());
        assertTrue(run.err().contains("terminal"), run.err());
        assertEquals("", run.out());
      }
    }
  }

  @Test
  void archivesFromPipesAreRefused() throws IOException {
    byte[] zip = {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0};
    for (String verb : List.of("encode", "info", "check", "palette")) {
      Run run = kmqWith(zip, false, verb, "-");
      assertEquals(1, run.exit(), verb);
      assertTrue(run.err().contains("archives are read from files"), run.err());
    }
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    assertTrue(kmqWith(tar, false, "check", "-").err().contains("archives are read from files"));
    Run run = kmqWith(zip, false, "encode", "-", "-o", folder.resolve("x.zip"));
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("give archive entries no name"), run.err());
  }

  @Test
  void pipesHaveNoNameForAnOutput() throws IOException {
    Run run = kmq("encode", giving("p", png), "--out-dir", folder.resolve("out"));
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("use --output to name its output"), run.err());
    assertFalse(files().stream().anyMatch(n -> n.startsWith("out/")));
  }

  @Test
  void reportsStayOutOfOutputsThatArePipes() throws Exception {
    Path pipe = fifo("out");
    CompletableFuture<byte[]> got =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readAllBytes(pipe);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    Run run = kmq("encode", folder.resolve("in/a.png"), "-o", pipe);
    assertEquals(0, run.exit(), run.err());
    assertArrayEquals(kmq, got.get(60, TimeUnit.SECONDS));
    assertEquals("", run.out());
    assertTrue(run.err().contains("4 colours"), run.err());
    assertFalse(Files.isRegularFile(pipe));
  }

  @Test
  void standardOutputHasManyNames() {
    Path in = folder.resolve("in/a.png");
    for (String name : List.of("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")) {
      Run run = kmq("encode", in, "-o", name);
      assertEquals(0, run.exit(), run.err());
      assertArrayEquals(kmq, run.bytes(), name);
      assertTrue(run.err().contains("4 colours"), run.err());
      Run refused = kmqWith(new byte[0], true, "encode", in, "-o", name);
      assertEquals(2, refused.exit());
      assertEquals(0, refused.bytes().length);
      Run palette = kmq("palette", in, "-o", name);
      assertEquals(4, palette.out().lines().count(), palette.err());
      Run csv = kmq("sweep", "-k", "2,4", in, "--csv", name);
      assertEquals(3, csv.out().lines().count(), csv.out());
      Run salvaged = kmq("check", folder.resolve("k"), "--salvage", name);
      assertEquals((byte) 0x89, salvaged.bytes()[0], salvaged.err());
      assertTrue(salvaged.err().contains("ok"), salvaged.err());
    }
  }

  @Test
  void foldersAreWalkedPastPipes() throws IOException {
    fifo("in/pipe.png");
    Run run = kmq("encode", "-r", folder.resolve("in"), "--out-dir", folder.resolve("o"));
    assertEquals(0, run.exit(), run.err());
    assertTrue(files().contains("o/a.kmq"));
  }
}
