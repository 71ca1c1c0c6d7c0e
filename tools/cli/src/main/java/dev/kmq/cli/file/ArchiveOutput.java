package dev.kmq.cli.file;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * The archive that all outputs of a command go to. Entries are stored as they are: {@code .kmq} and
 * PNG files do not get smaller by being compressed again. Entries have a fixed time, so that the
 * same pictures give the same archive.
 */
public final class ArchiveOutput implements Closeable {
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ArchiveOutputStream<?> out;
  private final boolean zip;

  private ArchiveOutput(ArchiveOutputStream<?> out, boolean zip) {
    this.out = out;
    this.zip = zip;
  }

  /** Whether a file name is an archive's that can be written. */
  public static boolean isArchive(String fileName) {
    return Archive.form(fileName) != null;
  }

  /** An archive of the form that the file's suffix names; the stream is not closed. */
  public static ArchiveOutput open(Path path, OutputStream stream) throws IOException {
    OutputStream target = new Unclosed(stream);
    Archive.Form form = Archive.form(path.toString());
    if (form == null) {
      throw new IllegalArgumentException("no archive: " + path);
    }
    return switch (form) {
      case ZIP -> new ArchiveOutput(new ZipArchiveOutputStream(target), true);
      case TAR -> new ArchiveOutput(tar(target), false);
      case TAR_GZ -> new ArchiveOutput(tar(new GZIPOutputStream(target)), false);
    };
  }

  private static TarArchiveOutputStream tar(OutputStream target) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(target, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return tar;
  }

  /** Appends an entry. */
  public void add(String name, byte[] content) throws IOException {
    if (zip) {
      ZipArchiveEntry entry = new ZipArchiveEntry(name);
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipArchiveEntry.STORED);
      entry.setSize(content.length);
      entry.setCompressedSize(content.length);
      entry.setCrc(crc.getValue());
      entry.setTimeLocal(TIME);
      ((ZipArchiveOutputStream) out).putArchiveEntry(entry);
    } else {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length);
      entry.setModTime(FileTime.from(TIME.toInstant(ZoneOffset.UTC)));
      ((TarArchiveOutputStream) out).putArchiveEntry(entry);
    }
    out.write(content);
    out.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
