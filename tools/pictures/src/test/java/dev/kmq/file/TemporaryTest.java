package dev.kmq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryTest {
  /** Above the highest number that Linux gives. */
  private static final String GONE = ".kmq-4194999-1-a.tmp";

  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }

  @Test
  void onlyWhatADeadProcessLeftIsDeleted() throws IOException {
    List<String> kept =
        new ArrayList<>(
            List.of(
                ".kmq-4194999-1-a.tmp.bak",
                ".kmq-4194999-1-.tmp",
                ".kmq-04194999-1-a.tmp",
                ".kmq-x-1-a.tmp",
                ".a.kmq.1x2y.tmp",
                "kmq-4194999-1-a.tmp"));
    for (String name : kept) {
      Files.createFile(folder.resolve(name));
    }
    Path own = Files.createFile(Temporary.in(folder));
    kept.add(String.valueOf(own.getFileName()));
    long pid = ProcessHandle.current().pid();
    String reused = ".kmq-" + pid + "-1-b.tmp"; // the number of a process that started later
    Files.createFile(folder.resolve(reused));
    Files.createFile(folder.resolve(GONE));
    Files.createDirectory(folder.resolve(".kmq-4194999-1-d.tmp"));
    kept.add(".kmq-4194999-1-d.tmp");
    Path other = Files.createFile(folder.resolve("other"));
    Files.createSymbolicLink(folder.resolve(".kmq-4194999-1-e.tmp"), other);
    kept.addAll(List.of("other", ".kmq-4194999-1-e.tmp"));
    Temporary.clearStale(folder);
    assertEquals(kept.stream().sorted().toList(), names());
  }

  @Test
  void whatIsLockedHasAnOwner() throws IOException {
    Path file = Files.createFile(folder.resolve(GONE));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Temporary.lock(channel);
      Temporary.clearStale(folder);
      assertEquals(List.of(GONE), names());
    }
  }

  @Test
  void writingClearsTheFolderAndNeverWidens() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "permissions");
    Files.createFile(folder.resolve(GONE));
    for (String permissions : List.of("rw-------", "r--r-----", "rw-rw-rw-", "r--------")) {
      Set<PosixFilePermission> before = PosixFilePermissions.fromString(permissions);
      Files.setPosixFilePermissions(file, before);
      AtomicFile.write(
          file,
          true,
          null,
          out -> {
            out.write('x');
            List<String> all = new ArrayList<>(names());
            all.remove("a");
            assertEquals(1, all.size(), all.toString());
            Set<PosixFilePermission> now =
                Files.getPosixFilePermissions(folder.resolve(all.get(0)));
            now.removeAll(before);
            assertEquals(Set.of(), now);
          });
      assertEquals(before, Files.getPosixFilePermissions(file));
    }
    assertEquals(List.of("a"), names());
  }
}
