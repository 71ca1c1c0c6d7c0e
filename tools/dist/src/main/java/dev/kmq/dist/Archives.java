package dev.kmq.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Archives whose bytes depend only on their entries and one time for all of them. */
final class Archives {
  private final Instant time;

  Archives(Instant time) {
    this.time = time;
  }

  void zip(Path file, List<Entry> entries) throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      for (Entry entry : entries) {
        ZipArchiveEntry header = new ZipArchiveEntry(entry.path());
        // The fields of zip are local times.
        header.setTimeLocal(time.atOffset(ZoneOffset.UTC).toLocalDateTime());
        header.setUnixMode(0100000 | entry.mode());
        zip.putArchiveEntry(header);
        zip.write(entry.content());
        zip.closeArchiveEntry();
      }
    }
  }

  void tarGz(Path file, List<Entry> entries) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    try (OutputStream out =
        new GzipCompressorOutputStream(Files.newOutputStream(file), parameters)) {
      out.write(tar("", entries));
    }
  }

  /** A tar archive of files owned by root, with the folders that contain them. */
  byte[] tar(String prefix, List<Entry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      Set<String> folders = new TreeSet<>();
      List<Entry> sorted = entries.stream().sorted(Comparator.comparing(Entry::path)).toList();
      for (Entry entry : sorted) {
        String path = entry.path();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
          String folder = path.substring(0, slash + 1);
          if (folders.add(folder)) {
            add(tar, new TarArchiveEntry(prefix + folder, TarConstants.LF_DIR), 0755, new byte[0]);
          }
        }
        if (entry.link() == null) {
          TarArchiveEntry header = new TarArchiveEntry(prefix + path);
          header.setSize(entry.content().length);
          add(tar, header, entry.mode(), entry.content());
        } else {
          TarArchiveEntry header = new TarArchiveEntry(prefix + path, TarConstants.LF_SYMLINK);
          header.setLinkName(entry.link());
          add(tar, header, entry.mode(), new byte[0]);
        }
      }
    }
    return bytes.toByteArray();
  }

  private void add(TarArchiveOutputStream tar, TarArchiveEntry header, int mode, byte[] content)
      throws IOException {
    header.setMode(mode);
    header.setIds(0, 0);
    header.setNames("root", "root");
    header.setModTime(time.toEpochMilli());
    tar.putArchiveEntry(header);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
