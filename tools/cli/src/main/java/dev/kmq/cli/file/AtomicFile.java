package dev.kmq.cli.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes files so that at every moment there is the old content or the new one: to a temporary file
 * in the same folder, forced to disk, moved over. Symbolic links are followed to the file; a device
 * or pipe is written to as it is.
 */
public final class AtomicFile {
  private static final Set<Path> UNDER_WAY = ConcurrentHashMap.newKeySet();
  private static final int MOST_LINKS = 40;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::discardAll, "discard"));
  }

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Body {
    /** Writes it all; need not buffer or close. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @param replace whether a file that exists is replaced
   * @param modified the modification time to give it, or null for now
   * @throws FileAlreadyExistsException if the file exists and {@code replace} is false
   */
  public static void write(Path path, boolean replace, @Nullable FileTime modified, Body body)
      throws IOException {
    Path target = followLinks(path);
    if (Files.isDirectory(target)) {
      throw new FailedInput("output " + path + " is a folder");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
        body.writeTo(out);
      }
      return;
    }
    checkAbsent(path, target, replace);
    Path temporary = temporary(target);
    UNDER_WAY.add(temporary);
    try {
      writeForced(temporary, body);
      keepPermissions(target, temporary);
      if (modified != null) {
        Files.setLastModifiedTime(temporary, modified);
      }
      checkAbsent(path, target, replace);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
      UNDER_WAY.remove(temporary);
    }
  }

  private static void checkAbsent(Path path, Path target, boolean replace)
      throws FileAlreadyExistsException {
    if (!replace && Files.exists(target)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  private static Path temporary(Path target) {
    String suffix = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    return target.resolveSibling("." + target.getFileName() + "." + suffix + ".tmp");
  }

  private static void writeForced(Path temporary, Body body) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      body.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private static void keepPermissions(Path target, Path temporary) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    if (posix != null && Files.exists(target)) {
      Files.setPosixFilePermissions(temporary, posix.readAttributes().permissions());
    }
  }

  /** The file that a path leads to through symbolic links, be it there or not. */
  static Path followLinks(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(target); i++) {
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        // A pipe behind /dev/stdout has no path of its own.
        return target;
      }
      if (i == MOST_LINKS) {
        throw new FailedInput("output " + path + " is a loop of symbolic links");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /** One name for a file, however the path to it is written. */
  public static Path identity(Path path) throws IOException {
    Path target = followLinks(path);
    Path parent = target.getParent();
    if (parent != null && Files.isDirectory(parent, new LinkOption[0])) {
      return parent.toRealPath().resolve(target.getFileName());
    }
    return target.normalize();
  }

  private static void discardAll() {
    for (Path temporary : UNDER_WAY) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        System.err.println("kmq: " + temporary + " could not be deleted: " + e.getMessage());
      }
    }
  }
}
