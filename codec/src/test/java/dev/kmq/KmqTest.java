package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqFormatException;
import dev.kmq.container.Method;
import dev.kmq.image.IndexedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KmqTest {
  private static final DecodeOptions THREADS = DecodeOptions.builder().threads(2).build();

  @Test
  void readsFromAPipe(@TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(mkfifo(pipe), "there is a command mkfifo");
    IndexedImage image = SampleFiles.image(500, 400, 256, false, 1);
    byte[] file = Kmq.encode(image, EncodeOptions.builder().tileSize(16, 16).build());
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<Path> written = writer.submit(() -> Files.write(pipe, file));
      assertArrayEquals(image.toArgb(), Kmq.read(pipe, THREADS).toArgb());
      written.get(60, TimeUnit.SECONDS);
    } finally {
      writer.shutdownNow();
    }
  }

  private static boolean mkfifo(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void leavesNoOpenDescriptorAndNoTemporaryFile(@TempDir Path folder) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "descriptors can be counted");
    byte[] good = SampleFiles.all().get(8).file();
    Path file = folder.resolve("a.kmq");
    Files.write(file, good);
    Kmq.read(file, THREADS);
    long before = count(descriptors);
    for (int length : new int[] {0, 10, 60, good.length - 1, good.length}) {
      Files.write(file, Arrays.copyOf(good, length));
      for (int i = 0; i < 20; i++) {
        if (length < good.length) {
          assertThrows(KmqFormatException.class, () -> Kmq.read(file, THREADS));
        } else {
          Kmq.read(file, THREADS);
        }
      }
    }
    assertTrue(count(descriptors) < before + 10, before + " and then " + count(descriptors));
    assertEquals(1, count(folder));
    assertThrows(NoSuchFileException.class, () -> Kmq.read(folder.resolve("none"), THREADS));
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  @Test
  void manyThreadsDecodeTheSame() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try {
      for (Method method : Method.values()) {
        IndexedImage image = SampleFiles.image(90, 70, 40, true, 1);
        EncodeOptions options = EncodeOptions.builder().methods(method).tileSize(32, 32).build();
        byte[] file = Kmq.encode(image, options);
        List<Future<int[]>> decoded = new ArrayList<>();
        for (int i = 0; i < 16 * 6; i++) {
          decoded.add(callers.submit(() -> Kmq.decode(file, THREADS).toArgb()));
        }
        for (Future<int[]> pixels : decoded) {
          assertArrayEquals(image.toArgb(), pixels.get(1, TimeUnit.MINUTES));
        }
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void anInterruptedReaderStops() throws Exception {
    byte[] file =
        Kmq.encode(
            SampleFiles.image(300, 300, 40, true, 1),
            EncodeOptions.builder().tileSize(16, 16).build());
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> stopped =
          caller.submit(
              () -> {
                Thread.currentThread().interrupt();
                assertThrows(InterruptedIOException.class, () -> Kmq.decode(file, THREADS));
                return Thread.interrupted();
              });
      assertTrue(stopped.get(60, TimeUnit.SECONDS), "and stays interrupted");
    } finally {
      caller.shutdownNow();
    }
  }
}
