package dev.kmq.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The entries of a zip archive. CRC-32 and size of expanded entries are checked. */
final class ZipEntries {
  private static final String DAMAGED = "damaged in its archive";

  /** Maximum expansion ratio of deflate. */
  private static final long DEFLATE_RATIO = 1032;

  private final ZipFile zip;
  private final Archive archive;

  private ZipEntries(ZipFile zip, Archive archive) {
    this.zip = zip;
    this.archive = archive;
  }

  static void find(Path path, Archive archive) throws IOException {
    FileChannel channel = archive.keep(FileChannel.open(path));
    ZipDirectory directory = ZipDirectory.count(channel);
    // Local headers are read entry by entry, so that a damaged one fails only its entry.
    ZipFile zip =
        archive.keep(
            ZipFile.builder()
                .setSeekableByteChannel(channel)
                .setCharset(StandardCharsets.ISO_8859_1)
                .setUseUnicodeExtraFields(false)
                .setIgnoreLocalFileHeader(true)
                .get());
    new ZipEntries(zip, archive).find(directory);
  }

  private void find(ZipDirectory directory) throws IOException {
    List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
    if (entries.size() != directory.entries()) {
      throw new FailedInput("damaged archive: its directory is ambiguous");
    }
    long before = -1;
    for (int i = 0; i < entries.size(); i++) {
      ZipArchiveEntry entry = entries.get(i);
      String name = EntryName.of(entry);
      archive.count(name);
      long start = entry.getLocalHeaderOffset();
      if (!name.endsWith("/") && archive.selects(name)) {
        long next =
            i + 1 < entries.size() ? entries.get(i + 1).getLocalHeaderOffset() : directory.offset();
        add(name, entry, start == before, next);
      }
      before = start;
    }
  }

  private void add(String name, ZipArchiveEntry entry, boolean shared, long next)
      throws FailedInput {
    try {
      checkSupport(entry);
      checkPlace(entry, shared, next);
      checkSize(entry);
    } catch (FailedInput e) {
      archive.add(name, e);
      return;
    }
    // No entry may exceed its declared size, so the sum of those is the expanded size.
    archive.expand(entry.getSize());
    archive.add(name, entry.getSize(), Archive.PACKED, () -> read(entry));
  }

  /** Refuses an entry that shares bytes with others, which would be expanded repeatedly. */
  private void checkPlace(ZipArchiveEntry entry, boolean shared, long next) throws FailedInput {
    long end;
    try {
      zip.getRawInputStream(entry).close(); // finds where the data starts
      end = entry.getDataOffset() + entry.getCompressedSize();
    } catch (IOException | RuntimeException e) {
      throw Archive.failure(DAMAGED, e);
    }
    if (shared || end > next) {
      throw new FailedInput(DAMAGED + ": it overlaps another entry");
    }
  }

  private static void checkSize(ZipArchiveEntry entry) throws FailedInput {
    long size = entry.getSize();
    Archive.checkSize(size);
    long packed = entry.getCompressedSize();
    ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
    if (method == ZipMethod.STORED && size != packed
        || method == ZipMethod.DEFLATED && size > packed * DEFLATE_RATIO) {
      throw new FailedInput(DAMAGED + ": its %d bytes cannot expand to %d".formatted(packed, size));
    }
  }

  private static void checkSupport(ZipArchiveEntry entry) throws FailedInput {
    if (entry.isUnixSymlink()) {
      throw new FailedInput("is a symbolic link in its archive, not a file");
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new FailedInput("not supported: the entry is encrypted");
    }
    ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
    boolean supported =
        method != null
            && switch (method) {
              case STORED,
                  UNSHRINKING,
                  IMPLODING,
                  DEFLATED,
                  ENHANCED_DEFLATED,
                  BZIP2,
                  XZ,
                  ZSTD,
                  ZSTD_DEPRECATED ->
                  true;
              default -> false;
            };
    if (!supported) {
      throw new FailedInput(
          "not supported: it is compressed by method %d%s"
              .formatted(
                  entry.getMethod(),
                  method == null || method == ZipMethod.UNKNOWN ? "" : " (" + method + ")"));
    }
  }

  private byte[] read(ZipArchiveEntry entry) throws IOException {
    long size = entry.getSize();
    byte[] content;
    try (InputStream in = open(entry)) {
      content = in.readNBytes((int) size + 1);
    }
    if (content.length != size) {
      throw new FailedInput(
          DAMAGED
              + ": it has %s bytes, but the directory specifies %d"
                  .formatted(content.length > size ? "more" : content.length, size));
    }
    CRC32 crc = new CRC32();
    crc.update(content);
    if (crc.getValue() != entry.getCrc()) {
      throw new FailedInput(DAMAGED + ": its CRC-32 is wrong");
    }
    return content;
  }

  private InputStream open(ZipArchiveEntry entry) throws IOException {
    // The library does not limit the memory of its xz decoder.
    return entry.getMethod() == ZipMethod.XZ.getCode()
        ? XZCompressorInputStream.builder()
            .setInputStream(zip.getRawInputStream(entry))
            .setMemoryLimitKiB(Archive.MAX_WINDOW_KIB)
            .get()
        : zip.getInputStream(entry);
  }
}
