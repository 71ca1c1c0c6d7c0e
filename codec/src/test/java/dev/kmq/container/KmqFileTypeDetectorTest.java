package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class KmqFileTypeDetectorTest {
  private static final String TYPE = "image/x-kmq";

  @TempDir Path folder;
  private byte[] kmq;

  @BeforeEach
  void encode() throws IOException {
    kmq = Kmq.encode(PixelSource.of(1, 1, new int[] {-1}), EncodeOptions.defaults());
  }

  private static @Nullable String typeOf(Path file) {
    return new KmqFileTypeDetector().probeContentType(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.kmq", "A.KMQ", "a.png.kmq", "no/such/folder/a.kmq"})
  void aNameWithTheSuffixIsEnough(String name) throws IOException {
    assertEquals(TYPE, Files.probeContentType(folder.resolve(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload", "upload_17.tmp", "blob.bin", "kmq", ".kmq", "a.kmq~"})
  void theSignatureDecidesWhereTheNameDoesNot(String name) throws IOException {
    Path file = Files.write(folder.resolve(name), kmq);
    assertEquals(TYPE, Files.probeContentType(file));
    kmq[7]++;
    Files.write(file, kmq);
    assertNull(typeOf(file));
    Files.write(file, Arrays.copyOf(kmq, 7));
    assertNull(typeOf(file));
    Files.write(file, new byte[0]);
    assertNull(typeOf(file));
  }

  /** The file has the signature, so null means that it has not been read. */
  @Test
  void filesWithAnotherTypeAreNotRead() throws IOException {
    assertNull(typeOf(Files.write(folder.resolve("a.png"), kmq)));
    assertEquals("image/png", Files.probeContentType(folder.resolve("a.png")));
  }

  @Test
  void whatIsNoReadableFileHasNoType() throws Exception {
    assertNull(typeOf(folder));
    assertEquals(TYPE, typeOf(Files.createDirectory(folder.resolve("folder.kmq"))));
    assertNull(typeOf(folder.getRoot()));
    assertNull(typeOf(Path.of("")));
    assertNull(typeOf(folder.resolve("missing")));
    Path denied = Files.write(folder.resolve("denied"), kmq);
    assumeTrue(denied.toFile().setReadable(false), "permissions as on Unix");
    assertEquals(Files.isReadable(denied) ? TYPE : null, typeOf(denied));
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertNull(typeOf(pipe));
    assertNull(typeOf(Path.of("/dev/zero")));
    assertNull(typeOf(Path.of("/proc/kmsg")));
  }

  @Test
  void linksAreFollowed() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "links");
    Path file = Files.write(folder.resolve("file"), kmq);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertEquals(TYPE, typeOf(link));
    Files.delete(file);
    assertNull(typeOf(link));
    assertNull(typeOf(Files.createSymbolicLink(file, link))); // an endless loop
  }

  @Test
  void otherFileSystemsWorkAndMayBeClosed() throws IOException {
    FileSystem zip = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"));
    Path file = Files.write(zip.getPath("/upload"), kmq);
    assertEquals(TYPE, Files.probeContentType(file));
    zip.close();
    assertNull(typeOf(file));
  }
}
