package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** Memory use of runs on archives, in separate processes with a small heap. */
class ArchiveMemoryTest extends CommandTest {
  private static final int HEAP_MIB = 48;

  /** Entries of 1 MiB, which together are more than the heap. */
  private static final int ENTRIES = 64;

  /** Noise is not worth compressing. */
  private static final class StoringGzip extends GZIPOutputStream {
    StoringGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.NO_COMPRESSION);
    }
  }

  @Test
  void entriesAreLetGoOneByOne() throws IOException, InterruptedException {
    Path kmq = folder.resolve("a.kmq");
    Path png = png("a.png", noise(1024, 1024, 1));
    assertEquals(0, kmq("encode", "--effort", "fast", "--method", "packed", png, "-o", kmq).exit());
    byte[] content = Files.readAllBytes(kmq);
    assertTrue(content.length > 1 << 20);
    ZipBytes zip = new ZipBytes();
    Path tar = folder.resolve("p.tar.gz");
    try (OutputStream file = Files.newOutputStream(tar);
        OutputStream gzip = new StoringGzip(file);
        TarArchiveOutputStream out = new TarArchiveOutputStream(gzip)) {
      for (int i = 0; i < ENTRIES; i++) {
        zip.add(new ZipBytes.Entry(i + ".kmq", content));
        TarArchiveEntry entry = new TarArchiveEntry(i + ".kmq");
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
      }
    }
    Path archive = Files.write(folder.resolve("p.zip"), zip.bytes());
    for (Path path : List.of(archive, tar)) {
      Run run = withHeap(HEAP_MIB, "info", "--json", path);
      assertEquals(0, run.exit(), run.err());
      assertEquals(ENTRIES, run.json().size());
    }
  }

  @Test
  void manyEntriesAreRefusedWithLittleMemory() throws IOException, InterruptedException {
    byte[] header = new byte[512];
    put(header, 0, "a.png");
    put(header, 124, "00000000000");
    put(header, 148, "        ");
    put(header, 156, "0");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0".formatted(sum));
    Path path = folder.resolve("many.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path), 1 << 16)) {
      for (int i = 0; i < 300_000; i++) {
        out.write(header);
      }
    }
    Path good = png("good.png", quarters(8, 8));
    Run run = withHeap(HEAP_MIB, "encode", path, good, "--out-dir", folder.resolve("o"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("has more entries than the limit of 65536"), run.err());
    assertTrue(files().contains("o/good.kmq"));
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
