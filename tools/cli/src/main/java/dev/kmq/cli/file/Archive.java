package dev.kmq.cli.file;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * An archive to read pictures from: zip (also as .cbz), tar, and tar.gz. The format is what the
 * suffix says and never guessed. Limits keep archives that were made to exhaust a machine from
 * doing so.
 */
final class Archive implements Closeable {
  /** Most entries of an archive. */
  static final int MAX_ENTRIES = 65_536;

  /** Most bytes that one entry expands to. */
  static final long MAX_ENTRY_BYTES = 1L << 30;

  /** Most bytes that all entries together expand to. */
  static final long MAX_TOTAL_BYTES = 1L << 36;

  /** Most times that compressed data may grow, once it has grown to {@link #FREE_BYTES}. */
  static final long MAX_RATIO = 250;

  static final long FREE_BYTES = 16L << 20;

  /** The forms of archive. */
  enum Form {
    ZIP,
    TAR,
    TAR_GZ
  }

  private final Path path;
  private final @Nullable ZipFile zip;
  private final @Nullable TarFile tar;
  private final @Nullable Path unpacked;
  private long total;

  private Archive(
      Path path, @Nullable ZipFile zip, @Nullable TarFile tar, @Nullable Path unpacked) {
    this.path = path;
    this.zip = zip;
    this.tar = tar;
    this.unpacked = unpacked;
  }

  /** What a file name says of the form, or null if it is no archive's. */
  static @Nullable Form form(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".zip") || name.endsWith(".cbz")) {
      return Form.ZIP;
    }
    if (name.endsWith(".tar")) {
      return Form.TAR;
    }
    return name.endsWith(".tar.gz") || name.endsWith(".tgz") ? Form.TAR_GZ : null;
  }

  static Archive open(Path path, Form form) throws IOException {
    try {
      return switch (form) {
        case ZIP -> new Archive(path, ZipFile.builder().setPath(path).get(), null, null);
        case TAR -> new Archive(path, null, new TarFile(path), null);
        case TAR_GZ -> {
          Path unpacked = unpack(path);
          try {
            yield new Archive(path, null, new TarFile(unpacked), unpacked);
          } catch (IOException | RuntimeException e) {
            Files.delete(unpacked);
            throw e;
          }
        }
      };
    } catch (FailedInput e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new FailedInput("damaged archive: " + e.getMessage(), e);
    }
  }

  /** A tar has to be walked through by position, so a compressed one is expanded first. */
  private static Path unpack(Path path) throws IOException {
    Path unpacked = Files.createTempFile("kmq", ".tar");
    unpacked.toFile().deleteOnExit();
    long compressed = Files.size(path);
    try (InputStream in =
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(path)), 1 << 16);
        OutputStream out = Files.newOutputStream(unpacked)) {
      byte[] buffer = new byte[1 << 16];
      long expanded = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        expanded += n;
        checkGrowth(expanded, compressed, MAX_TOTAL_BYTES);
        out.write(buffer, 0, n);
      }
      return unpacked;
    } catch (IOException e) {
      Files.deleteIfExists(unpacked);
      throw e;
    }
  }

  private static void checkGrowth(long expanded, long compressed, long most) throws FailedInput {
    if (expanded > most) {
      throw new FailedInput("expands to more than the limit of " + most + " bytes");
    }
    if (expanded > FREE_BYTES && expanded / MAX_RATIO > compressed) {
      throw new FailedInput(
          "expands to more than %d times its size, which is the limit".formatted(MAX_RATIO));
    }
  }

  /** All entries that are no folders, in the order of the archive. */
  List<ArchiveEntry> entries() throws FailedInput {
    List<ArchiveEntry> entries = new ArrayList<>();
    if (zip != null) {
      entries.addAll(Collections.list(zip.getEntriesInPhysicalOrder()));
    } else if (tar != null) {
      entries.addAll(tar.getEntries());
    }
    if (entries.size() > MAX_ENTRIES) {
      throw new FailedInput(
          "%d entries are more than the limit of %d".formatted(entries.size(), MAX_ENTRIES));
    }
    entries.removeIf(ArchiveEntry::isDirectory);
    return entries;
  }

  /** Reads an entry whole, within the limits. */
  synchronized byte[] read(ArchiveEntry entry) throws IOException {
    try (InputStream in = open(entry)) {
      long compressed =
          entry instanceof ZipArchiveEntry z ? z.getCompressedSize() : entry.getSize();
      java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > MAX_TOTAL_BYTES) {
          throw new FailedInput(
              "the entries expand to more than the limit of " + MAX_TOTAL_BYTES + " bytes");
        }
        out.write(buffer, 0, n);
        checkGrowth(out.size(), compressed, MAX_ENTRY_BYTES);
      }
      return out.toByteArray();
    } catch (FailedInput e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new FailedInput("damaged in its archive: " + e.getMessage(), e);
    }
  }

  private InputStream open(ArchiveEntry entry) throws IOException {
    if (zip != null && entry instanceof ZipArchiveEntry z) {
      if (z.isUnixSymlink()) {
        throw new FailedInput("is a link in its archive, not a file");
      }
      if (!zip.canReadEntryData(z)) {
        throw new FailedInput("is encrypted or packed by a method that is not supported");
      }
      return zip.getInputStream(z);
    }
    if (tar != null && entry instanceof TarArchiveEntry t) {
      if (!t.isFile() || t.isLink() || t.isSymbolicLink()) {
        throw new FailedInput("is a link in its archive, not a file");
      }
      return tar.getInputStream(t);
    }
    throw new IllegalStateException("no entry of " + path);
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
    if (tar != null) {
      tar.close();
    }
    if (unpacked != null) {
      Files.deleteIfExists(unpacked);
    }
  }
}
