package dev.kmq.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/** A binary package in the format of deb(5). */
final class DebianPackage {
  private final Instant time;

  DebianPackage(Instant time) {
    this.time = time;
  }

  /**
   * Writes a package.
   *
   * @param control the control file, in which {@code ${size}} is to be replaced
   * @param entries the files, with paths from the root
   */
  void write(Path file, String control, List<Entry> entries) throws IOException {
    Archives archives = new Archives(time);
    // As dpkg-gencontrol estimates it: files in whole KiB.
    long size = entries.stream().mapToLong(entry -> (entry.content().length + 1023) / 1024).sum();
    List<Entry> controls =
        List.of(
            Entry.file("control", utf8(control.replace("${size}", Long.toString(size)))),
            Entry.file("md5sums", utf8(sums(entries))));
    try (ArArchiveOutputStream ar = new ArArchiveOutputStream(Files.newOutputStream(file))) {
      member(ar, "debian-binary", utf8("2.0\n"));
      member(ar, "control.tar.xz", xz(archives.tar("./", controls)));
      member(ar, "data.tar.xz", xz(archives.tar("./", entries)));
    }
  }

  private void member(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
    ar.putArchiveEntry(
        new ArArchiveEntry(name, content.length, 0, 0, 0100644, time.getEpochSecond()));
    ar.write(content);
    ar.closeArchiveEntry();
  }

  private static byte[] xz(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (XZCompressorOutputStream out = new XZCompressorOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static String sums(List<Entry> entries) {
    StringBuilder sums = new StringBuilder();
    for (Entry entry : entries) {
      sums.append(HexFormat.of().formatHex(md5(entry.content()))).append("  ");
      sums.append(entry.path()).append('\n');
    }
    return sums.toString();
  }

  private static byte[] md5(byte[] content) {
    try {
      return MessageDigest.getInstance("MD5").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
