package dev.kmq.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/**
 * The entries of a 7z archive. They are compressed together, so they are unpacked in one pass to a
 * temporary file. The library checks the CRC-32 of each.
 */
final class SevenZipEntries {
  private static final int UNIX_MODE = 0x8000;
  private static final int TYPE = 0170000;
  private static final int SYMBOLIC_LINK = 0120000;

  private SevenZipEntries() {}

  static void find(Path path, Archive archive) throws IOException {
    Spool spool = archive.keep(new Spool());
    try (FileChannel channel = FileChannel.open(path);
        SevenZFile seven =
            SevenZFile.builder()
                .setSeekableByteChannel(channel)
                .setMaxMemoryLimitKiB(Archive.MAX_WINDOW_KIB)
                .get()) {
      for (SevenZArchiveEntry e : seven.getEntries()) {
        archive.count(name(e));
        archive.expand(e.getSize());
      }
      for (SevenZArchiveEntry e = seven.getNextEntry(); e != null; e = seven.getNextEntry()) {
        String name = name(e);
        if (e.isDirectory() || e.isAntiItem() || name.endsWith("/") || !archive.selects(name)) {
          continue;
        }
        try {
          archive.add(name, e.getSize(), Archive.PACKED, keep(seven, e, spool));
        } catch (FailedInput failure) {
          archive.add(name, failure);
        } catch (IOException | RuntimeException failure) {
          archive.add(name, Archive.failure("damaged in its archive", failure));
        }
      }
    }
  }

  private static String name(SevenZArchiveEntry entry) {
    return entry.getName() == null ? "" : entry.getName();
  }

  private static Input.Bytes keep(SevenZFile seven, SevenZArchiveEntry entry, Spool spool)
      throws IOException {
    int attributes = entry.getHasWindowsAttributes() ? entry.getWindowsAttributes() : 0;
    if ((attributes & UNIX_MODE) != 0 && (attributes >>> 16 & TYPE) == SYMBOLIC_LINK) {
      throw new FailedInput("is a symbolic link in its archive, not a file");
    }
    Archive.checkSize(entry.getSize());
    if (!entry.hasStream()) {
      return () -> new byte[0];
    }
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return seven.read();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return seven.read(bytes, offset, length);
          }
        };
    return spool.keep(in, entry.getSize());
  }
}
