package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class ArchiveCommandTest extends CommandTest {
  private static byte[] picture() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(quarters(8, 8), "png", png);
    return png.toByteArray();
  }

  private Path zip(String name, String... entries) throws IOException {
    Path path = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(entry.endsWith(".png") ? picture() : new byte[10]);
        out.closeEntry();
      }
    }
    return path;
  }

  private static void tar(OutputStream target, String... entries) throws IOException {
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(target)) {
      for (String name : entries) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(picture().length);
        out.putArchiveEntry(entry);
        out.write(picture());
        out.closeArchiveEntry();
      }
      TarArchiveEntry link = new TarArchiveEntry("link.png", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      out.putArchiveEntry(link);
      out.closeArchiveEntry();
    }
  }

  @Test
  void zipIsMirroredBelowTheOutputFolder() throws IOException {
    Path zip = zip("p.zip", "a.png", "deep/b.png", "readme.txt");
    Run run = kmq("encode", zip, "--out-dir", folder.resolve("out"));
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of("out/a.kmq", "out/deep/b.kmq", "p.zip"), files());
  }

  @Test
  void withoutFolderOutputsGoBesideTheArchive() throws IOException {
    assertEquals(0, kmq("encode", zip("p.cbz", "a.png")).exit());
    assertEquals(List.of("p.cbz", "p/a.kmq"), files());
  }

  @Test
  void namesThatLeadOutAreFailedInputs() throws IOException {
    Path zip =
        zip(
            "evil.zip",
            "../up.png",
            "/abs.png",
            "a/../../b.png",
            "..\\w.png",
            "C:\\x.png",
            "ok.png");
    Run run = kmq("encode", zip, "--out-dir", folder.resolve("in/out"));
    assertEquals(1, run.exit());
    assertEquals(5, run.err().lines().count(), run.err());
    assertEquals(List.of("evil.zip", "in/out/ok.kmq"), files());
  }

  @Test
  void tarAndTarGzAreReadAndLinksAreNot() throws IOException {
    Path tar = folder.resolve("p.tar");
    try (OutputStream out = Files.newOutputStream(tar)) {
      tar(out, "a.png", "b/c.png");
    }
    Path packed = folder.resolve("q.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      tar(out, "d.png");
    }
    Run run = kmq("encode", tar, packed, "--out-dir", folder.resolve("out"));
    assertEquals(1, run.exit());
    assertEquals(2, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("link.png: is a symbolic link"), run.err());
    assertEquals(List.of("out/a.kmq", "out/b/c.kmq", "out/d.kmq", "p.tar", "q.tar.gz"), files());
  }

  @Test
  void outputsGoIntoOneArchive() throws IOException {
    Path a = png("a.png", quarters(8, 8));
    Path b = png("b.png", noise(8, 8, 1));
    Path zip = folder.resolve("out.zip");
    assertEquals(0, kmq("encode", a, b, "-o", zip).exit());
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      ZipEntry first = entries.nextElement();
      assertEquals("a.kmq", first.getName());
      assertEquals(ZipEntry.STORED, first.getMethod());
      byte[] content = file.getInputStream(first).readAllBytes();
      assertEquals(4, Kmq.decode(content).palette().size());
      assertEquals("b.kmq", entries.nextElement().getName());
    }
    byte[] before = Files.readAllBytes(zip);
    assertEquals(1, kmq("encode", a, b, "-o", zip).exit());
    assertEquals(0, kmq("encode", a, b, "-j", 4, "--force", "-o", zip).exit());
    assertArrayEquals(before, Files.readAllBytes(zip));
  }

  @Test
  void tarOutputOfATree() throws IOException {
    png("in/x/a.png", quarters(8, 8));
    Path tar = folder.resolve("out.tar");
    assertEquals(0, kmq("encode", "-r", folder.resolve("in"), "-o", tar).exit());
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      assertEquals("x/a.kmq", in.getNextEntry().getName());
      assertEquals(8, Kmq.decode(in.readAllBytes()).width());
    }
  }

  @Test
  void archiveWithoutOutputsIsNotWritten() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.png"), "x");
    assertEquals(1, kmq("encode", bad, "-o", folder.resolve("out.zip")).exit());
    assertEquals(List.of("bad.png"), files());
  }

  @Test
  void expansionIsLimited() throws IOException {
    Path bomb = folder.resolve("bomb.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
      out.putNextEntry(new ZipEntry("zeros.bmp"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        out.write(zeros);
      }
      out.closeEntry();
    }
    Run run = kmq("encode", bomb, "--out-dir", folder.resolve("out"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("limit"), run.err());
  }

  @Test
  void damagedArchiveIsOneLine() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.zip"), "no archive");
    Path good = png("a.png", quarters(4, 4));
    Run run = kmq("encode", bad, good);
    assertEquals(1, run.exit());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(files().contains("a.kmq"));
  }
}
