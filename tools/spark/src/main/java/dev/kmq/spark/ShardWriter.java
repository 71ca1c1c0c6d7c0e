package dev.kmq.spark;

import dev.kmq.file.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Writes shards: under the name of an attempt, then renamed, so that a shard is whole whenever it
 * has its name. Attempts write equal bytes, so it does not matter which of them is the last. Only
 * if one of two lacked memory, or could not read a store, they differ; {@link
 * Destination#requireWritten} finds that by the lengths, and {@code verify} by every file.
 */
final class ShardWriter {
  private static final FileTime EPOCH = FileTime.fromMillis(0);

  private final TarArchiveOutputStream tar;

  private ShardWriter(OutputStream out) {
    tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /** Writes the entries of a shard. */
  @FunctionalInterface
  interface Body {
    /** Adds all entries. */
    void writeTo(ShardWriter shard) throws IOException;
  }

  /**
   * Writes a shard.
   *
   * @param attempt distinguishes the attempts to write it
   * @return its length in bytes
   */
  static long write(String folder, String name, long attempt, Configuration hadoop, Body body)
      throws IOException {
    if (Store.isLocal(folder)) {
      java.nio.file.Path file = Store.local(folder).resolve(name);
      AtomicLong length = new AtomicLong();
      AtomicFile.write(file, true, null, out -> length.set(writeTo(out, body)));
      return length.get();
    }
    Path target = new Path(Store.path(folder), name);
    Path temporary = new Path(Store.path(folder), "." + name + "-" + attempt);
    FileSystem store = target.getFileSystem(hadoop);
    long length;
    try {
      try (OutputStream out = new BufferedOutputStream(store.create(temporary, true), 1 << 16)) {
        length = writeTo(out, body);
      }
      FileContext.getFileContext(target.toUri(), hadoop)
          .rename(temporary, target, Options.Rename.OVERWRITE);
    } catch (IOException | RuntimeException | Error e) {
      try {
        store.delete(temporary, false);
      } catch (IOException | RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    return length;
  }

  private static long writeTo(OutputStream out, Body body) throws IOException {
    ShardWriter shard = new ShardWriter(out);
    body.writeTo(shard);
    shard.tar.finish();
    shard.tar.flush();
    return shard.tar.getBytesWritten();
  }

  /** Appends an entry and returns the position of its bytes in the shard. */
  long add(String path, DeferredFileOutputStream content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(content.getByteCount());
    entry.setModTime(EPOCH);
    entry.setIds(0, 0);
    tar.putArchiveEntry(entry);
    long offset = tar.getBytesWritten();
    content.writeTo(tar);
    tar.closeArchiveEntry();
    return offset;
  }
}
