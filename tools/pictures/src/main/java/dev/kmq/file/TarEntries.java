package dev.kmq.file;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * The entries of a tar archive, which is read once. Entries of an uncompressed archive are read in
 * place; those of a compressed one are stored in a temporary file.
 */
final class TarEntries {
  private final Archive archive;
  private final FileChannel channel;
  private final Archive.Form form;
  private final Spool spool;
  private final Map<String, Kept> files = new HashMap<>();

  private record Kept(Input.Bytes content, long size, long offset) {}

  private TarEntries(Archive archive, FileChannel channel, Archive.Form form) {
    this.archive = archive;
    this.channel = channel;
    this.form = form;
    this.spool = archive.keep(new Spool());
  }

  static void find(Path path, Archive.Form form, Archive archive) throws IOException {
    FileChannel channel = archive.keep(FileChannel.open(path));
    new TarEntries(archive, channel, form).find();
  }

  private void find() throws IOException {
    InputStream file =
        new BufferedInputStream(Channels.newInputStream(channel), 1 << 16) {
          @Override
          public void close() {
            // The channel stays open until the archive is closed.
          }
        };
    try (Counted in = new Counted(expand(file), new Expansion(channel.size()));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                in,
                TarConstants.DEFAULT_BLKSIZE,
                TarConstants.DEFAULT_RCDSIZE,
                StandardCharsets.ISO_8859_1.name(),
                false)) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        find(tar, e, in.count);
      }
      if (in.count == 0 || in.count % TarConstants.DEFAULT_RCDSIZE != 0) {
        throw new FailedInput("damaged archive: cut short");
      }
      // The checksum of a compressed stream follows its end, which may lie beyond the end of the
      // tar.
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private InputStream expand(InputStream in) throws IOException {
    return switch (form) {
      case TAR_GZ -> new BufferedInputStream(new GZIPInputStream(in, 1 << 16));
      case TAR_BZ2 -> new BufferedInputStream(new BZip2CompressorInputStream(in, true));
      case TAR_XZ ->
          new BufferedInputStream(
              XZCompressorInputStream.builder()
                  .setInputStream(in)
                  .setDecompressConcatenated(true)
                  .setMemoryLimitKiB(Archive.MAX_WINDOW_KIB)
                  .get());
      case TAR_ZST -> new BufferedInputStream(new ZstdCompressorInputStream(in));
      default -> in;
    };
  }

  private void find(TarArchiveInputStream tar, TarArchiveEntry entry, long offset)
      throws IOException {
    String name = EntryName.ofTar(entry.getName());
    archive.count(name);
    if (!entry.isCheckSumOK()) {
      throw new FailedInput("damaged archive: not a tar file, or a header checksum is wrong");
    }
    if (entry.isSparse()) {
      // Holes are expanded even if the entry is skipped.
      archive.expand(entry.getRealSize());
    }
    if (entry.isDirectory() || name.endsWith("/") || !archive.selects(name)) {
      return;
    }
    try {
      Kept kept = keep(tar, entry, offset);
      files.put(EntryName.relative(name), kept);
      archive.add(name, kept.size(), kept.offset(), kept.content());
    } catch (FailedInput e) {
      archive.add(name, e);
    }
  }

  private Kept keep(TarArchiveInputStream tar, TarArchiveEntry entry, long offset)
      throws IOException {
    if (entry.isSymbolicLink()) {
      throw new FailedInput("is a symbolic link in its archive, not a file");
    }
    if (entry.isLink()) {
      String target = EntryName.ofTar(entry.getLinkName());
      Kept kept = files.get(EntryName.relative(target));
      if (kept == null) {
        throw new FailedInput(
            "is a link to %s, which is not an earlier selected entry".formatted(target));
      }
      archive.expand(kept.size());
      return kept;
    }
    if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice()) {
      throw new FailedInput("is a device or a pipe in its archive, not a file");
    }
    long size = entry.getRealSize();
    Archive.checkSize(size);
    if (!entry.isSparse()) {
      archive.expand(size);
    }
    return form == Archive.Form.TAR && !entry.isSparse()
        ? new Kept(() -> Spool.read(channel, offset, size), size, offset)
        : new Kept(spool.keep(tar, size), size, Archive.PACKED);
  }

  /** Counts bytes as they are read, and checks the limits. */
  private static final class Counted extends FilterInputStream {
    private final Expansion expansion;
    private long count;

    Counted(InputStream in, Expansion expansion) {
      super(in);
      this.expansion = expansion;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      add(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      add(Math.max(n, 0));
      return n;
    }

    private void add(int n) throws FailedInput {
      count += n;
      expansion.add(n);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
