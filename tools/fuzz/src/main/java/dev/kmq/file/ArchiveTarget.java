package dev.kmq.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Archives: the first byte selects the format, the others are the file. Entries are below the
 * output folder, and an archive or entry that cannot be read fails with a message.
 */
public final class ArchiveTarget {
  private static final List<Archive.Form> FORMS = List.of(Archive.Form.values());

  private ArchiveTarget() {}

  /** Opens bytes as an archive and reads all its entries. */
  public static void run(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    Archive.Form form = FORMS.get((data[0] & 0xFF) % FORMS.size());
    Path file = Files.createTempFile("kmq-fuzz", ".archive");
    try {
      Files.write(file, Arrays.copyOfRange(data, 1, data.length));
      try (Archive archive = Archive.open(file, form, name -> true)) {
        for (Archive.Entry entry : archive.entries()) {
          read(entry);
        }
      }
    } catch (FailedInput e) {
      requireMessage(e);
    } finally {
      Files.delete(file);
    }
  }

  private static void read(Archive.Entry entry) throws IOException {
    Input.Bytes content = entry.content();
    FailedInput failure = entry.failure();
    if (content == null) {
      if (failure == null) {
        throw new AssertionError("neither content nor failure: " + entry.name());
      }
      requireMessage(failure);
      return;
    }
    Path folder = Path.of("/a/b");
    if (!folder.resolve(entry.relative()).normalize().startsWith(folder)
        || entry.relative().contains("\0")) {
      throw new AssertionError("outside of the folder: " + entry.relative());
    }
    try {
      content.read();
    } catch (FailedInput e) {
      requireMessage(e);
    }
  }

  private static void requireMessage(FailedInput failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      throw new AssertionError("a failure without a message", failure);
    }
  }
}
