package dev.kmq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }

  @Test
  void failureLeavesTheOldContentAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    assertThrows(
        IOException.class,
        () ->
            AtomicFile.write(
                file,
                true,
                null,
                out -> {
                  out.write(new byte[100_000]);
                  throw new IOException("stop");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a"), names());
  }

  @Test
  void terminalsAreRefused() {
    Path terminal = Path.of("/dev/tty");
    assumeTrue(Files.exists(terminal), "a system with /dev/tty");
    FailedInput e =
        assertThrows(
            FailedInput.class, () -> AtomicFile.write(terminal, true, null, out -> out.write('x')));
    assertTrue(String.valueOf(e.getMessage()).contains("is a terminal"), e.getMessage());
  }

  @Test
  void nothingIsReplacedUnlessAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    assertThrows(
        FileAlreadyExistsException.class,
        () -> AtomicFile.write(file, false, null, out -> out.write('x')));
    assertEquals("old", Files.readString(file));
    AtomicFile.write(file, true, null, out -> out.write('x'));
    assertEquals("x", Files.readString(file));
    assertEquals(List.of("a"), names());
  }

  @Test
  void aFileThatAppearsMeanwhileIsNotReplaced() throws IOException {
    Path file = folder.resolve("a");
    assertThrows(
        FileAlreadyExistsException.class,
        () -> AtomicFile.write(file, false, null, out -> Files.writeString(file, "other")));
    assertEquals("other", Files.readString(file));
  }

  @Test
  void danglingLinksLeadToTheNewFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    AtomicFile.write(link, false, null, out -> out.write('x'));
    assertEquals("x", Files.readString(folder.resolve("target")));
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    assertThrows(
        FailedInput.class,
        () -> AtomicFile.write(folder.resolve("loop"), true, null, out -> out.write('x')));
  }

  @Test
  void foldersAreRefused() {
    assertThrows(
        FailedInput.class, () -> AtomicFile.write(folder, true, null, out -> out.write('x')));
  }

  @Test
  void identityIsOneForAllPathsToAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "x");
    Path link = Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    Path around = folder.resolve("sub/../a");
    Files.createDirectory(folder.resolve("sub"));
    assertEquals(AtomicFile.identity(file), AtomicFile.identity(link));
    assertEquals(AtomicFile.identity(file), AtomicFile.identity(around));
  }
}
