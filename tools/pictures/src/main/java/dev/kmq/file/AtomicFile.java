package dev.kmq.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes files so that at any moment the old content or the new one exists: writes a temporary file
 * in the same folder, forces it to disk, and renames it. Symbolic links are followed; a device or
 * pipe is written directly.
 */
public final class AtomicFile {
  private static final Set<Path> UNDER_WAY = ConcurrentHashMap.newKeySet();
  private static final int MOST_LINKS = 40;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::discardAll, "discard"));
  }

  private AtomicFile() {}

  /**
   * Refuses a file that {@link #write} would refuse, before the work on its content.
   *
   * @throws FileAlreadyExistsException if the file exists and {@code replace} is false
   */
  public static void check(Path path, boolean replace) throws IOException {
    Path target = followLinks(path);
    if (StandardStreams.isDescriptor(path) || isStream(target)) {
      return;
    }
    checkReplaceable(path, target, replace);
    Path folder = target.getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new FailedInput(
          "output folder "
              + Objects.requireNonNullElse(path.getParent(), folder)
              + (Files.exists(folder) ? " is a file" : " does not exist"));
    }
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Body {
    /** Writes everything; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @param replace whether an existing file is replaced
   * @param modified the modification time, or null for the current time
   * @throws FileAlreadyExistsException if the file exists and {@code replace} is false
   * @throws FailedOutput if the system cannot write it, as on a full disk, even if the body wraps
   *     the exception of the stream in another one
   */
  public static void write(Path path, boolean replace, @Nullable FileTime modified, Body body)
      throws IOException {
    if (StandardStreams.isDescriptor(path)) {
      writeInPlace(path, body);
      return;
    }
    Path target = followLinks(path);
    if (isStream(target)) {
      writeInPlace(target, body);
      return;
    }
    checkReplaceable(path, target, replace);
    Path folder = Objects.requireNonNull(target.getParent());
    Temporary.clearStale(folder);
    Path temporary = Temporary.in(folder);
    UNDER_WAY.add(temporary);
    try {
      writeForced(temporary, path, target, body);
      if (modified != null) {
        Files.setLastModifiedTime(temporary, modified);
      }
      checkReplaceable(path, target, replace);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw temporary.toString().equals(e.getFile()) ? FailedOutput.of(path, e) : e;
    } finally {
      UNDER_WAY.remove(temporary);
      discard(temporary);
    }
  }

  /** Deletes temporary files of killed runs in the folder of an output that is not written. */
  public static void clearStale(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Temporary.clearStale(folder);
    }
  }

  private static void writeInPlace(Path path, Body body) throws IOException {
    if (StandardStreams.isTerminal(path.toString())) {
      throw new FailedInput("output " + path + " is a terminal; name a file or a pipe");
    }
    WatchedOutput file = new WatchedOutput(path, Files.newOutputStream(path));
    try (OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
      body.writeTo(out);
    } catch (IOException | RuntimeException e) {
      file.requireWritten();
      throw e;
    }
  }

  /** Whether a path is an existing device or pipe. */
  private static boolean isStream(Path target) {
    return Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
  }

  private static void checkReplaceable(Path path, Path target, boolean replace) throws IOException {
    if (Files.isDirectory(target)) {
      throw new FailedInput("output " + path + " is a folder");
    }
    if (!replace && Files.exists(target)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  private static void writeForced(Path temporary, Path path, Path target, Body body)
      throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    PosixFileAttributes replaced = posix(target);
    FileAttribute<?>[] attributes =
        replaced == null
            ? new FileAttribute<?>[0]
            : new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(ownerOnly(replaced.permissions()))
            };
    try (FileChannel channel = FileChannel.open(temporary, options, attributes)) {
      Temporary.lock(channel);
      WatchedOutput file = new WatchedOutput(path, Channels.newOutputStream(channel));
      OutputStream out = new BufferedOutputStream(file, 1 << 16);
      try {
        body.writeTo(out);
        out.flush();
      } catch (IOException | RuntimeException e) {
        file.requireWritten();
        throw e;
      }
      if (replaced != null) {
        keepPermissions(replaced, temporary);
      }
      try {
        channel.force(true);
      } catch (IOException e) {
        throw FailedOutput.of(path, e); // some file systems reserve no space before
      }
    }
  }

  private static @Nullable PosixFileAttributes posix(Path target) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    return view == null || !Files.exists(target) ? null : view.readAttributes();
  }

  private static Set<PosixFilePermission> ownerOnly(Set<PosixFilePermission> permissions) {
    Set<PosixFilePermission> owner =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    owner.retainAll(permissions);
    return owner;
  }

  /**
   * Copies owner, group and permissions of the replaced file. If the group cannot be kept, the new
   * group gets only the permissions of others.
   */
  private static void keepPermissions(PosixFileAttributes replaced, Path temporary)
      throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    PosixFileAttributes own = view.readAttributes();
    if (!own.owner().equals(replaced.owner())) {
      try {
        view.setOwner(replaced.owner());
      } catch (IOException e) {
        // Only privileged users may change the owner.
      }
    }
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(replaced.permissions());
    if (!own.group().equals(replaced.group())) {
      try {
        view.setGroup(replaced.group());
      } catch (IOException e) {
        retainWhatOthersMay(permissions);
      }
    }
    view.setPermissions(permissions);
  }

  private static void retainWhatOthersMay(Set<PosixFilePermission> permissions) {
    if (!permissions.contains(PosixFilePermission.OTHERS_READ)) {
      permissions.remove(PosixFilePermission.GROUP_READ);
    }
    if (!permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      permissions.remove(PosixFilePermission.GROUP_WRITE);
    }
    if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
      permissions.remove(PosixFilePermission.GROUP_EXECUTE);
    }
  }

  /** Resolves symbolic links; the target need not exist. */
  static Path followLinks(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(target); i++) {
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        // A pipe that /dev/stdout leads to has no path of its own.
        return target;
      }
      if (i == MOST_LINKS) {
        throw new FailedInput("output " + path + " is a loop of symbolic links");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /** A canonical name of a file, equal for all paths to it. */
  public static Path identity(Path path) throws IOException {
    Path target = followLinks(path);
    Path parent = target.getParent();
    if (parent != null && Files.isDirectory(parent, new LinkOption[0])) {
      return parent.toRealPath().resolve(target.getFileName());
    }
    return target.normalize();
  }

  private static void discardAll() {
    UNDER_WAY.forEach(AtomicFile::discard);
  }

  /** A file that cannot be deleted is left for a later run. */
  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The write reports what went wrong.
    }
  }
}
