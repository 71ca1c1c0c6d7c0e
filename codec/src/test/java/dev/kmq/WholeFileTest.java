package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.container.Header;
import dev.kmq.container.Method;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Kmq.write} to a file on disk. */
final class WholeFileTest {
  private static final IndexedImage IMAGE = SampleFiles.image(50, 40, 20, false, 1);
  private static final EncodeOptions RANS = EncodeOptions.builder().methods(Method.RANS).build();

  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void writesTheSameBytesAsInMemory() throws IOException {
    Path file = folder.resolve("a.kmq");
    Header header = Kmq.write(IMAGE, file, RANS);
    assertEquals(Method.RANS, header.method());
    assertArrayEquals(Kmq.encode(IMAGE, RANS), Files.readAllBytes(file));
    PixelSource pixels = IMAGE.pixels();
    Kmq.write(pixels, file, EncodeOptions.defaults());
    assertArrayEquals(Kmq.encode(pixels, EncodeOptions.defaults()), Files.readAllBytes(file));
    assertArrayEquals(IMAGE.toArgb(), Kmq.read(file).toArgb());
    assertEquals(List.of("a.kmq"), names());
  }

  @Test
  void aFailureLeavesTheOldFileAndNoOther() throws IOException {
    Path file = Files.writeString(folder.resolve("a.kmq"), "old");
    EncodeOptions impossible =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(4).withTarget(new Target.Bytes(1)))
            .build();
    assertThrows(
        UnreachableTargetException.class, () -> Kmq.write(IMAGE.pixels(), file, impossible));
    PixelSource broken =
        new PixelSource() {
          @Override
          public int width() {
            return 9;
          }

          @Override
          public int height() {
            return 9;
          }

          @Override
          public void readRows(int y, int rows, int[] argb) {
            throw new IllegalStateException("no pixels");
          }
        };
    assertThrows(
        IllegalStateException.class, () -> Kmq.write(broken, file, EncodeOptions.defaults()));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.kmq"), names());
    Path nowhere = folder.resolve("none/a.kmq");
    NoSuchFileException missing =
        assertThrows(NoSuchFileException.class, () -> Kmq.write(IMAGE, nowhere, RANS));
    assertEquals(nowhere.toString(), missing.getFile());
    assertThrows(IOException.class, () -> Kmq.write(IMAGE, folder, RANS));
    assertEquals(List.of("a.kmq"), names());
  }

  @Test
  void followsALinkAndKeepsPermissions() throws IOException {
    Path file = Files.writeString(folder.resolve("a.kmq"), "old");
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "POSIX files");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Kmq.write(IMAGE, link, RANS);
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(Kmq.encode(IMAGE, RANS), Files.readAllBytes(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(List.of("a.kmq", "link"), names());
  }

  @Test
  void theNewFileIsNeverMoreReadableThanTheOld() throws IOException {
    Path file = Files.writeString(folder.resolve("a.kmq"), "old");
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "POSIX files");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    PixelSource pixels = IMAGE.pixels();
    Set<String> seen = new TreeSet<>();
    PixelSource watching =
        new PixelSource() {
          @Override
          public int width() {
            return pixels.width();
          }

          @Override
          public int height() {
            return pixels.height();
          }

          @Override
          public void readRows(int y, int rows, int[] argb) {
            pixels.readRows(y, rows, argb);
            try (Stream<Path> files = Files.list(folder)) {
              for (Path one : files.toList()) {
                seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    Kmq.write(watching, file, EncodeOptions.defaults());
    assertEquals(Set.of("rw-------"), seen);
  }

  @Test
  void followsALinkToAFileThatIsStillToBe() throws IOException {
    Path file = folder.resolve("a.kmq");
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "symbolic links");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a.kmq"));
    Kmq.write(IMAGE, link, RANS);
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(Kmq.encode(IMAGE, RANS), Files.readAllBytes(file));
  }

  @Test
  void replacesFilesOfOtherFileSystems() throws IOException {
    Path zip = folder.resolve("a.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path path = files.getPath("/a.kmq");
      Kmq.write(IMAGE, path, EncodeOptions.defaults());
      Kmq.write(IMAGE, path, RANS);
      assertArrayEquals(Kmq.encode(IMAGE, RANS), Files.readAllBytes(path));
    }
  }
}
