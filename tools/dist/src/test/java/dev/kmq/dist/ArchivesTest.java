package dev.kmq.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
  private static final Instant TIME = Instant.parse("2026-01-02T00:00:00Z");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private List<Entry> entries() throws IOException {
    Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n");
    return List.of(
        Entry.program("usr/bin/a", program),
        Entry.gzip("usr/share/b.gz", "text".getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] bytes(String zone, String suffix) throws IOException {
    TimeZone before = TimeZone.getDefault();
    Path file = folder.resolve("file." + suffix);
    try {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      switch (suffix) {
        case "zip" -> new Archives(TIME).zip(file, entries());
        case "tar.gz" -> new Archives(TIME).tarGz(file, entries());
        default -> new DebianPackage(TIME).write(file, "Package: a\n", entries());
      }
    } finally {
      TimeZone.setDefault(before);
    }
    return Files.readAllBytes(file);
  }

  @Test
  void bytesDoNotDependOnTheTimeZone() throws IOException {
    for (String suffix : List.of("zip", "tar.gz", "deb")) {
      assertArrayEquals(bytes("UTC", suffix), bytes("Asia/Kolkata", suffix), suffix);
    }
  }

  @Test
  void tarHasFoldersBeforeTheirFilesAndRootAsOwner() throws IOException {
    byte[] tar = new Archives(TIME).tar("./", entries());
    List<String> lines = new ArrayList<>();
    try (var in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        lines.add("%s %o %s".formatted(entry.getName(), entry.getMode(), entry.getUserName()));
        assertEquals(TIME, entry.getLastModifiedTime().toInstant());
      }
    }
    assertEquals(
        List.of(
            "./usr/ 755 root",
            "./usr/bin/ 755 root",
            "./usr/bin/a 755 root",
            "./usr/share/ 755 root",
            "./usr/share/b.gz 644 root"),
        lines);
  }
}
