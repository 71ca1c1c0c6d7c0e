package dev.kmq.file;

import java.io.Closeable;
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
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * The archive of all outputs of a command. Entries are not compressed, because {@code .kmq} and PNG
 * files are compressed already. They have a fixed time, so that the same images give the same
 * archive.
 */
public final class ArchiveOutput implements Closeable {
  private final ArchiveOutputStream<?> out;
  private final boolean zip;
  private boolean empty = true;

  private ArchiveOutput(ArchiveOutputStream<?> out, boolean zip) {
    this.out = out;
    this.zip = zip;
  }

  /** Whether a file name is that of an archive. */
  public static boolean isArchive(String fileName) {
    return Archive.Form.of(fileName) != null;
  }

  /** Whether a file name is that of an archive format that can be written. */
  public static boolean isWritable(String fileName) {
    Archive.Form form = Archive.Form.of(fileName);
    return form != null && form.writable;
  }

  /** Opens an archive in the format of the file's suffix; the stream is not closed. */
  public static ArchiveOutput open(Path path, OutputStream stream) throws IOException {
    OutputStream target = CloseShieldOutputStream.wrap(stream);
    Archive.Form form = Archive.Form.of(path.toString());
    if (form == null || !form.writable) {
      throw new IllegalArgumentException("not a writable archive format: " + path);
    }
    return switch (form) {
      case ZIP -> new ArchiveOutput(new ZipArchiveOutputStream(target), true);
      case TAR_GZ -> new ArchiveOutput(tar(new GZIPOutputStream(target)), false);
      case TAR_ZST -> new ArchiveOutput(tar(zstd(target)), false);
      default -> new ArchiveOutput(tar(target), false);
    };
  }

  private static OutputStream zstd(OutputStream target) throws IOException {
    try {
      return new ZstdCompressorOutputStream(target);
    } catch (LinkageError e) {
      throw new FailedInput("not supported on this system: zstd", e);
    }
  }

  private static TarArchiveOutputStream tar(OutputStream target) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(target, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return tar;
  }

  /**
   * Appends an entry.
   *
   * @throws FailedInput if the name could lead out of the folder that the archive is unpacked into;
   *     the archive is then unchanged
   */
  public void add(String name, byte[] content) throws IOException {
    checkName(name);
    if (zip) {
      ZipArchiveEntry entry = new ZipArchiveEntry(name);
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipArchiveEntry.STORED);
      entry.setSize(content.length);
      entry.setCompressedSize(content.length);
      entry.setCrc(crc.getValue());
      entry.setTimeLocal(time());
      ((ZipArchiveOutputStream) out).putArchiveEntry(entry);
    } else {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length);
      entry.setModTime(FileTime.from(time().toInstant(ZoneOffset.UTC)));
      ((TarArchiveOutputStream) out).putArchiveEntry(entry);
    }
    out.write(content);
    out.closeArchiveEntry();
    empty = false;
  }

  /** Whether no entry was added. */
  public boolean isEmpty() {
    return empty;
  }

  private static LocalDateTime time() {
    return LocalDateTime.of(1980, 1, 1, 0, 0);
  }

  private static void checkName(String name) throws FailedInput {
    if (name.indexOf('\\') >= 0) {
      throw new FailedInput(
          ("%s cannot be stored in an archive, because \\ separates folders on other systems; "
                  + "use --out-dir")
              .formatted(name));
    }
    if (!EntryName.relative(name, true).equals(name)) {
      throw new FailedInput(name + " is not a valid name of an archive entry");
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
