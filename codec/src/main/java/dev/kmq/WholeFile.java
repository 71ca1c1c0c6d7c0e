package dev.kmq;

import dev.kmq.container.Header;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Replaces a file atomically: its name always refers to either the old content or the new. */
final class WholeFile {
  /** Encodes to a stream. */
  @FunctionalInterface
  interface Encoding {
    Header write(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  static Header write(Path file, Encoding encoding) throws IOException {
    if (Files.isSymbolicLink(Objects.requireNonNull(file, "file"))) {
      return write(file.resolveSibling(Files.readSymbolicLink(file)), encoding);
    }
    boolean exists = Files.exists(file);
    if (exists && !Files.isRegularFile(file)) { // write to a pipe or device directly
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
        return write(out, encoding);
      }
    }
    Path temporary = file.resolveSibling(".kmq-" + UUID.randomUUID() + ".tmp");
    try {
      Header header = writeNew(temporary, exists ? permissions(file) : null, encoding);
      try {
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return header;
    } catch (NoSuchFileException e) {
      // The caller knows nothing of the temporary file.
      throw temporary.toString().equals(e.getFile())
          ? new NoSuchFileException(file.toString(), null, "its folder does not exist")
          : e;
    } catch (Throwable e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException deleting) {
        e.addSuppressed(deleting);
      }
      throw e;
    }
  }

  private static Header write(OutputStream out, Encoding encoding) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out);
    Header header = encoding.write(buffered);
    buffered.flush();
    return header;
  }

  /** Writes a file that is on the disk when this returns, never more readable than asked for. */
  private static Header writeNew(
      Path file, @Nullable Set<PosixFilePermission> permissions, Encoding encoding)
      throws IOException {
    FileAttribute<?>[] attributes =
        permissions == null
            ? new FileAttribute<?>[0]
            : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes)) {
      if (permissions != null) {
        Files.setPosixFilePermissions(file, permissions); // those that the process's mask removed
      }
      Header header = write(Channels.newOutputStream(channel), encoding);
      if (channel instanceof FileChannel onDisk) {
        onDisk.force(true);
      }
      return header;
    }
  }

  private static @Nullable Set<PosixFilePermission> permissions(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view == null ? null : view.readAttributes().permissions();
  }
}
