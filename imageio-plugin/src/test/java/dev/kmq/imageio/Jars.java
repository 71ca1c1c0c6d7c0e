package dev.kmq.imageio;

import dev.kmq.Kmq;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The jars of an application, built from the classes under test and what is beside them. */
final class Jars {
  private static final String SERVICES = "META-INF/services/";

  private Jars() {}

  /** Codec and plugin, each in a jar of its own. */
  static List<Path> separate(Path folder) throws IOException {
    return List.of(
        write(folder.resolve("codec.jar"), entries(codec())),
        write(folder.resolve("plugin.jar"), entries(plugin())));
  }

  /** Classes as an OSGi bundle that imports nothing but ImageIO. */
  static Path bundle(Path jar, String name, Path classes) throws IOException {
    String manifest =
        """
        Manifest-Version: 1.0
        Bundle-ManifestVersion: 2
        Bundle-SymbolicName: %s
        Import-Package: javax.imageio
        """
            .formatted(name);
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put(JarFile.MANIFEST_NAME, manifest.getBytes(StandardCharsets.UTF_8));
    all.putAll(entries(classes));
    return write(jar, all);
  }

  /**
   * All in one, without module descriptors and manifests; the lists of services are concatenated.
   */
  static Path merged(Path jar, Path... sources) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (Path source : sources) {
      entries(source)
          .forEach(
              (name, bytes) -> {
                if (name.startsWith(SERVICES)) {
                  all.merge(name, bytes, Jars::join);
                } else if (!name.endsWith("module-info.class")
                    && !name.equals(JarFile.MANIFEST_NAME)) {
                  all.putIfAbsent(name, bytes);
                }
              });
    }
    return write(jar, all);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.write('\n');
    both.writeBytes(second);
    return both.toByteArray();
  }

  static Path codec() {
    return location(Kmq.class);
  }

  static Path plugin() {
    return location(KmqImageReader.class);
  }

  /** The folder or jar that a class has been loaded from. */
  static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, byte[]> entries(Path source) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    if (Files.isDirectory(source)) {
      Path manifest = source.resolveSibling("bundle/MANIFEST.MF");
      if (Files.exists(manifest)) {
        entries.put(JarFile.MANIFEST_NAME, Files.readAllBytes(manifest));
      }
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
          String name = source.relativize(file).toString().replace('\\', '/');
          entries.put(name, Files.readAllBytes(file));
        }
      }
      return entries;
    }
    try (InputStream in = Files.newInputStream(source);
        ZipInputStream jar = new ZipInputStream(in)) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), jar.readAllBytes());
        }
      }
    }
    return entries;
  }

  private static Path write(Path jar, Map<String, byte[]> entries) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }
}
