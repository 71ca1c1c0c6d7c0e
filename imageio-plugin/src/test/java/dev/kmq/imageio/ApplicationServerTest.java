package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploying and removing applications, many threads, and leaks. */
final class ApplicationServerTest {
  @TempDir Path folder;

  /** What the documentation recommends for class loaders that come and go. */
  private static void call(ClassLoader application, String method) throws Exception {
    application.loadClass("dev.kmq.imageio.KmqRegistration").getMethod(method).invoke(null);
  }

  private static List<ImageReaderSpi> providersOf(ClassLoader application) {
    List<ImageReaderSpi> found = new ArrayList<>();
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    providers.forEachRemaining(
        provider -> {
          if (provider.getClass().getClassLoader() == application) {
            found.add(provider);
          }
        });
    return found;
  }

  /** Deploys an application, opens a file in it, and takes it away again. */
  private WeakReference<ClassLoader> comeAndGo(byte[] file) throws Exception {
    List<Path> jars = Jars.separate(folder);
    URL[] urls = {jars.get(0).toUri().toURL(), jars.get(1).toUri().toURL()};
    try (URLClassLoader application =
        new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      call(application, "register");
      List<ImageReaderSpi> providers = providersOf(application);
      assertEquals(1, providers.size());
      javax.imageio.ImageReader reader = providers.get(0).createReaderInstance();
      reader.setInput(Pictures.input(file));
      assertEquals(7, reader.read(0).getWidth());
      assertNotNull(reader.getImageMetadata(0).getMetadataFormat("dev_kmq_image_1.0"));
      reader.dispose();
      call(application, "deregister");
      assertTrue(providersOf(application).isEmpty());
      return new WeakReference<>(application);
    }
  }

  @Test
  void aClassLoaderThatComesAndGoesIsReleased() throws Exception {
    WeakReference<ClassLoader> gone =
        comeAndGo(Pictures.write(Pictures.indexed(7, 5, 9, false, 1), null));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (gone.get() != null && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(gone.get());
    assertTrue(ImageIO.getImageReadersByFormatName("kmq").hasNext());
  }

  @Test
  void sixteenThreadsReadAtOnce() throws Exception {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTileSize(32);
    BufferedImage image = Pictures.indexed(150, 100, 77, true, 3);
    byte[] file = Pictures.write(image, param);
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        tasks.add(
            () -> {
              for (int n = 0; n < 10; n++) {
                IndexedRoundTripTest.assertSame(image, Pictures.readIndexed(file));
              }
              return true;
            });
      }
      for (Future<Boolean> done : pool.invokeAll(tasks)) {
        assertTrue(done.get());
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aThousandReadsAndWritesLeaveNoTemporaryFile() throws IOException {
    BufferedImage image = Pictures.indexed(20, 10, 7, false, 3);
    byte[] file = Pictures.write(image, null);
    byte[] broken = java.util.Arrays.copyOf(file, file.length - 1);
    ImageIO.setUseCache(true);
    ImageIO.setCacheDirectory(folder.toFile());
    try {
      for (int i = 0; i < 1000; i++) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, "kmq", out));
        assertEquals(20, ImageIO.read(new ByteArrayInputStream(out.toByteArray())).getWidth());
        if (i % 50 == 0) {
          assertRefused(broken);
        }
      }
    } finally {
      ImageIO.setUseCache(false);
      ImageIO.setCacheDirectory(null);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.findAny().isPresent());
    }
  }

  private static void assertRefused(byte[] file) throws IOException {
    try {
      ImageIO.read(new ByteArrayInputStream(file));
    } catch (IIOException e) {
      return;
    }
    throw new AssertionError("a broken file was read");
  }
}
