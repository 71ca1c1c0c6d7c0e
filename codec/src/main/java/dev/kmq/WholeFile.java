package dev.kmq;

import dev.kmq.container.Header;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/** Replaces a file atomically: its name always refers to either the old content or the new. */
final class WholeFile {
  /** Encodes to a stream. */
  @FunctionalInterface
  interface Encoding {
    Header write(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  static Header write(Path file, Encoding encoding) throws IOException {
    boolean exists = Files.exists(file);
    if (exists && !Files.isRegularFile(file)) { // write to a pipe or device directly
      return write(file, encoding, StandardOpenOption.WRITE);
    }
    Path target = exists ? file.toRealPath() : file; // follow links
    Path temporary = target.resolveSibling(".kmq-" + UUID.randomUUID() + ".tmp");
    try {
      Header header =
          write(temporary, encoding, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      if (exists) {
        keepPermissions(target, temporary);
      }
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
      return header;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Header write(Path file, Encoding encoding, StandardOpenOption... options)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, options))) {
      return encoding.write(out);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (view != null) {
      Files.setPosixFilePermissions(to, view.readAttributes().permissions());
    }
  }
}
