package dev.kmq.spark;

import dev.kmq.file.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Files of any file system, named by URIs. Those of this machine are read without Hadoop. */
final class Store {
  private Store() {}

  /** Whether a URI names a file of this machine. */
  static boolean isLocal(String uri) {
    return uri.startsWith("file:");
  }

  /** The path of a file of this machine. */
  static Path local(String uri) {
    return local(URI.create(uri));
  }

  /** The path of a file of this machine; {@code Path.of} reads escaped letters alone. */
  static Path local(URI uri) {
    boolean escaped = uri.toString().chars().allMatch(c -> c < 0x80);
    return escaped ? Path.of(uri) : new File(uri).toPath();
  }

  static FileSystem fileSystem(String uri, Configuration hadoop) throws IOException {
    return new org.apache.hadoop.fs.Path(URI.create(uri)).getFileSystem(hadoop);
  }

  static org.apache.hadoop.fs.Path path(String uri) {
    return new org.apache.hadoop.fs.Path(URI.create(uri));
  }

  /** Writes a small file, replacing one of the same name. */
  static void write(org.apache.hadoop.fs.Path file, byte[] bytes, Configuration hadoop)
      throws IOException {
    String uri = file.toUri().toString();
    if (isLocal(uri)) {
      AtomicFile.write(local(uri), true, null, out -> out.write(bytes));
      return;
    }
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(bytes);
    }
  }

  /** A file on this machine, copied if it is elsewhere; to be deleted when closed. */
  record LocalCopy(Path path, boolean copied) implements AutoCloseable {
    static LocalCopy of(String uri, Configuration hadoop) throws IOException {
      if (isLocal(uri)) {
        return new LocalCopy(local(uri), false);
      }
      // The suffix names the format of an archive.
      String name = Store.path(uri).getName();
      Path copy = Files.createTempFile("kmq-spark", "-" + name.replaceAll("[^A-Za-z0-9.]", "_"));
      try (InputStream in = fileSystem(uri, hadoop).open(Store.path(uri))) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(copy);
        throw e;
      }
      return new LocalCopy(copy, true);
    }

    @Override
    public void close() throws IOException {
      if (copied) {
        Files.deleteIfExists(path);
      }
    }
  }
}
