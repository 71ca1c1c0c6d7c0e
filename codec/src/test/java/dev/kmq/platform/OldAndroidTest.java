package dev.kmq.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.bytes.Crc32c;
import dev.kmq.container.Method;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The codec where the JDK lacks what Android 8 lacks gives the same bytes. */
final class OldAndroidTest {
  /** Refuses two classes, and makes the constructor of {@link Threads} one that does not exist. */
  private static final class OldAndroid extends ClassLoader {
    OldAndroid() {
      super(OldAndroidTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals("java.util.zip.CRC32C") || name.equals("java.lang.invoke.VarHandle")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.kmq.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        if (name.equals(Threads.class.getName())) {
          String text = new String(bytes, StandardCharsets.ISO_8859_1);
          String absent = text.replace("JZ)V", "JC)V");
          assertEquals(text.length(), absent.length());
          bytes = absent.getBytes(StandardCharsets.ISO_8859_1);
        }
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** What is run inside and outside. */
  static final class Program implements Callable<List<String>> {
    @Override
    public List<String> call() throws Exception {
      int[] argb = new int[60 * 50];
      for (int i = 0; i < argb.length; i++) {
        argb[i] = 0xFF000000 | i * i * 7919;
      }
      List<String> results = new ArrayList<>();
      for (Method method : Method.values()) {
        byte[] file =
            Kmq.encode(
                PixelSource.of(60, 50, argb),
                EncodeOptions.builder()
                    .colors(40)
                    .methods(method)
                    .tileSize(16, 16)
                    .threads(3)
                    .build());
        IndexedImage image = Kmq.decode(file);
        results.add(Base64.getEncoder().encodeToString(file) + image.palette().hashCode());
      }
      InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
      local.set("inherited");
      Thread thread = Threads.daemon(() -> results.add(String.valueOf(local.get())), "test");
      thread.start();
      thread.join();
      results.add(Crc32c.create().getClass().getName());
      return results;
    }
  }

  @Test
  void givesTheSameBytes() throws Exception {
    List<String> here = new Program().call();
    Class<?> program = new OldAndroid().loadClass(Program.class.getName());
    var constructor = program.getDeclaredConstructor();
    constructor.setAccessible(true);
    List<?> there = (List<?>) ((Callable<?>) constructor.newInstance()).call();
    int methods = Method.values().length;
    assertEquals(here.subList(0, methods), there.subList(0, methods));
    assertEquals(List.of("null", "java.util.zip.CRC32C"), here.subList(methods, here.size()));
    assertEquals(
        List.of("inherited", "dev.kmq.bytes.plain.Crc32c"), there.subList(methods, there.size()));
  }
}
