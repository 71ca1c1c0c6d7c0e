package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.SampleFiles;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One reader used by several threads. */
final class SharedReaderTest {
  private static final int THREADS = 6;
  private static final DecodeOptions OPTIONS = DecodeOptions.builder().threads(2).build();

  @TempDir Path folder;

  private static IndexedImage image() {
    return SampleFiles.image(300, 200, 40, false, 5);
  }

  private static byte[] file(Method method) {
    return Kmq.encode(image(), EncodeOptions.builder().methods(method).tileSize(16, 32).build());
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void threadsReadRegionsAndTilesOfAFileAndOfAnArray(Method method) throws Exception {
    byte[] bytes = file(method);
    Path path = Files.write(folder.resolve("a.kmq"), bytes);
    try (KmqReader reader = KmqReader.open(path, OPTIONS)) {
      readByThreads(reader);
    }
    try (KmqReader reader = KmqReader.open(bytes, OPTIONS)) {
      readByThreads(reader);
    }
    try (SeekableByteChannel channel = Files.newByteChannel(path);
        KmqReader reader = KmqReader.open(channel, OPTIONS)) {
      readByThreads(reader);
    }
  }

  private static void readByThreads(KmqReader reader) throws Exception {
    IndexedImage image = image();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(thread);
        all.add(threads.submit(() -> readSome(reader, image, random)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      reader.expectEnd();
    } finally {
      threads.shutdownNow();
    }
  }

  private static void readSome(KmqReader reader, IndexedImage image, Random random) {
    try {
      for (int i = 0; i < 40; i++) {
        int width = 1 + random.nextInt(120);
        int height = 1 + random.nextInt(90);
        int x = random.nextInt(image.width() - width + 1);
        int y = random.nextInt(image.height() - height + 1);
        IndexPlane region = IndexPlane.allocate(width, height, image.palette().size());
        reader.readRegion(x, y, region);
        assertSame(image, x, y, region);
        Tiling tiling = reader.header().tiling();
        int tile = random.nextInt((int) tiling.count());
        IndexPlane plane =
            IndexPlane.allocate(tiling.width(tile), tiling.height(tile), image.palette().size());
        reader.readTile(tile, plane);
        assertSame(image, tiling.x(tile), tiling.y(tile), plane);
        Extent extent = reader.tileExtent(tile);
        assertTrue(extent.length() > 0, extent.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSame(IndexedImage image, int x, int y, IndexPlane part) {
    for (int row = 0; row < part.height(); row++) {
      for (int column = 0; column < part.width(); column++) {
        assertEquals(image.plane().get(x + column, y + row), part.get(column, row));
      }
    }
  }

  @Test
  void anInterruptedThreadDoesNotCloseTheFileForTheOthers() throws Exception {
    Path path = Files.write(folder.resolve("a.kmq"), file(Method.RANS));
    try (KmqReader reader = KmqReader.open(path, OPTIONS)) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedIOException.class, reader::readImage);
      assertTrue(Thread.interrupted());
      readByThreads(reader);
    }
  }

  @Test
  void everyCallThatReadsTilesReportsAnInterrupt() throws IOException {
    byte[] bytes = file(Method.PACKED);
    try (KmqReader reader = KmqReader.open(bytes, OPTIONS)) {
      IndexPlane tile = IndexPlane.allocate(16, 32, 40);
      int last = (int) reader.header().tiling().count() - 1;
      List<Executable> calls =
          List.of(
              reader::readImage,
              reader::salvage,
              reader::readBitBreakdown,
              reader::expectEnd,
              () -> reader.readTile(0, tile),
              () -> reader.readTile(0, 0, tile),
              () -> reader.readRegion(0, 0, tile),
              () -> reader.tileExtent(last));
      for (Executable call : calls) {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, call);
        assertTrue(Thread.interrupted());
      }
      Extent end = reader.tileExtent(last);
      assertEquals(bytes.length, end.offset() + end.length());
    }
  }

  @Test
  void opensFilesOfOtherFileSystems() throws IOException {
    byte[] bytes = file(Method.MIX);
    Path zip = folder.resolve("a.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path path = Files.write(files.getPath("a.kmq"), bytes);
      assertArrayEquals(image().toArgb(), Kmq.read(path).toArgb());
    }
  }

  @Test
  void readsNothingAfterClose() throws IOException {
    byte[] bytes = Kmq.encode(SampleFiles.image(20, 10, 4, false, 5), EncodeOptions.defaults());
    Path path = Files.write(folder.resolve("a.kmq"), bytes);
    List<KmqReader> readers =
        List.of(
            KmqReader.open(path),
            KmqReader.open(Files.newByteChannel(path), OPTIONS),
            KmqReader.open(Files.newInputStream(path), OPTIONS));
    for (KmqReader reader : readers) {
      reader.close();
      reader.close();
      IndexPlane plane = IndexPlane.allocate(20, 10, 4);
      List<Executable> calls =
          List.of(
              reader::readImage,
              reader::salvage,
              reader::readBitBreakdown,
              reader::expectEnd,
              () -> reader.tileExtent(0),
              () -> reader.readTile(0, plane),
              () -> reader.readRegion(0, 0, plane),
              () -> reader.readPackedTile(0, new byte[50], 0));
      for (Executable call : calls) {
        assertEquals("the reader is closed", assertThrows(IOException.class, call).getMessage());
      }
      assertEquals(4, reader.header().colors());
    }
    KmqReader array = KmqReader.open(bytes, OPTIONS);
    array.close();
    assertEquals(20, array.readImage().width());
  }

  @Test
  void closesAFileThatIsRefused() throws IOException {
    Path path = Files.write(folder.resolve("a.kmq"), new byte[100]);
    KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> KmqReader.open(path));
    assertEquals(RefusalReason.NOT_KMQ, refusal.reason());
    assertEquals(0, refusal.getSuppressed().length);
    assertNotNull(Files.write(path, file(Method.PACKED)));
    try (KmqReader reader = KmqReader.open(path)) {
      assertEquals(40, reader.header().colors());
    }
  }
}
