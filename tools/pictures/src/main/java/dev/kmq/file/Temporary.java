package dev.kmq.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of temporary files. A name identifies the process that wrote the file, so that a later run
 * can delete files of a killed one: {@code .kmq-PID-START-RANDOM.tmp}, where START is the start of
 * the process in seconds since 1970, in base 36. The name is short enough to be valid wherever that
 * of the output is.
 */
final class Temporary {
  private static final String NAME = "\\.kmq-([1-9][0-9]{0,9})-([0-9a-z]{1,8})-[0-9a-z]{1,8}\\.tmp";

  /** Start times of a process differ if the clock is adjusted between two queries. */
  private static final long CLOCK_SECONDS = 2;

  private static final Set<Path> CLEARED = ConcurrentHashMap.newKeySet();
  private static final String PREFIX = prefix();

  private Temporary() {}

  private static String prefix() {
    ProcessHandle self = ProcessHandle.current();
    return ".kmq-" + self.pid() + "-" + Long.toString(seconds(self).orElse(0L), 36) + "-";
  }

  private static Optional<Long> seconds(ProcessHandle process) {
    return process.info().startInstant().map(Instant::getEpochSecond);
  }

  /** A new name in a folder. */
  static Path in(Path folder) {
    long random = ThreadLocalRandom.current().nextLong(1L << 40);
    return folder.resolve(PREFIX + Long.toString(random, 36) + ".tmp");
  }

  /**
   * Deletes the temporary files of ended processes in a folder. Each folder is searched once per
   * run; failures are ignored.
   */
  static void clearStale(Path folder) {
    if (!CLEARED.add(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(".kmq-") && isOrphan(name)) {
          deleteUnlessLocked(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A run that may read the folder will do it.
    }
  }

  /** Whether a name is that of a temporary file whose process has ended. */
  private static boolean isOrphan(String name) {
    Matcher matcher = Pattern.compile(NAME).matcher(name);
    if (!matcher.matches()) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(matcher.group(1)));
    if (process.isEmpty() || !process.get().isAlive()) {
      return true;
    }
    long start = Long.parseLong(matcher.group(2), 36);
    return seconds(process.get()).filter(s -> Math.abs(s - start) > CLOCK_SECONDS).isPresent();
  }

  /**
   * The lock shows that the owner is alive in a container or on another host, where it has no PID
   * here.
   */
  private static void deleteUnlessLocked(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
      // It belongs to another user.
    }
  }

  /** Locks a temporary file while it is open, if the file system supports locks. */
  static void lock(FileChannel channel) {
    try {
      channel.tryLock();
    } catch (IOException | UnsupportedOperationException e) {
      // The name alone identifies the owner.
    }
  }
}
