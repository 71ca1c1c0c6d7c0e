package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents and headers of tar and 7z archives. */
class TarInputTest extends CommandTest {
  private static byte[] picture() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(quarters(8, 8), "bmp", out);
    return out.toByteArray();
  }

  /** A ustar header of any name and type with a correct checksum. */
  private static byte[] header(byte[] name, char type, long size, String link) {
    byte[] header = new byte[512];
    System.arraycopy(name, 0, header, 0, Math.min(name.length, 100));
    put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(header, 124, "%011o\0".formatted(size) + "00000000000\0");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar\0" + "00");
    return checked(header);
  }

  private static byte[] checked(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  private static byte[] entry(String name, char type, byte[] content, String link) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return join(header(bytes, type, content.length, link), padded(content));
  }

  private static byte[] file(String name) throws IOException {
    return entry(name, '0', picture(), "");
  }

  private static byte[] padded(byte[] content) {
    return Arrays.copyOf(content, (content.length + 511) / 512 * 512);
  }

  /** A PAX header of keys and values. */
  private static byte[] pax(String... pairs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < pairs.length; i += 2) {
      byte[] rest = (" " + pairs[i] + "=" + pairs[i + 1] + "\n").getBytes(StandardCharsets.UTF_8);
      int length = rest.length + 1;
      while (length != rest.length + String.valueOf(length).length()) {
        length++;
      }
      out.writeBytes(String.valueOf(length).getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(rest);
    }
    return entry("pax", 'x', out.toByteArray(), "");
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] tar(byte[]... entries) {
    return join(join(entries), new byte[1024]);
  }

  private Run encode(String name, byte[] archive) throws IOException {
    Path path = Files.write(folder.resolve(name), archive);
    return kmq("encode", path, "--out-dir", folder.resolve("o"));
  }

  private List<String> outputs() throws IOException {
    return files().stream()
        .filter(name -> name.startsWith("o/"))
        .map(name -> name.substring(2))
        .toList();
  }

  @Test
  void aTarOfTheCurrentFolderIsTaken() throws IOException {
    byte[] tar = tar(entry("./", '5', new byte[0], ""), file("./a.bmp"), file("./sub//c.bmp"));
    Run run = encode("p.tar", tar);
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of("a.kmq", "sub/c.kmq"), outputs());
  }

  @Test
  void hardLinksAreTheFilesTheyName() throws IOException {
    byte[] tar =
        tar(
            file("a.bmp"),
            entry("b.bmp", '1', new byte[0], "./a.bmp"),
            entry("c.bmp", '1', new byte[0], "b.bmp"),
            entry("d.bmp", '1', new byte[0], "later.bmp"),
            file("later.bmp"),
            entry("e.bmp", '1', new byte[0], "/etc/passwd"),
            entry("f.bmp", '2', new byte[0], "a.bmp"),
            entry("g.bmp", '6', new byte[0], ""));
    for (String name : List.of("p.tar", "p.tar.gz")) {
      Run run = encode(name, name.endsWith("gz") ? gzip(tar) : tar);
      assertEquals(1, run.exit());
      assertEquals(4, run.err().lines().count(), run.err());
      assertTrue(
          run.err().contains("d.bmp: is a link to later.bmp, which is not an earlier"), run.err());
      assertTrue(run.err().contains("e.bmp: the entry's name is absolute"), run.err());
      assertTrue(run.err().contains("f.bmp: is a symbolic link"), run.err());
      assertTrue(run.err().contains("g.bmp: is a device or a pipe"), run.err());
      assertEquals(List.of("a.kmq", "b.kmq", "c.kmq", "later.kmq"), outputs());
      for (String output : outputs()) {
        Path path = folder.resolve("o").resolve(output);
        assertEquals(4, Kmq.decode(Files.readAllBytes(path)).palette().size());
        Files.delete(path);
      }
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] pack(String name, byte[] tar) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed =
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "gz", "tgz" -> new GZIPOutputStream(out);
          case "bz2", "tbz2" -> new BZip2CompressorOutputStream(out);
          case "xz", "txz" -> new XZCompressorOutputStream(out);
          default -> new ZstdCompressorOutputStream(out);
        }) {
      packed.write(tar);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p.tar.gz",
        "p.tgz",
        "p.tar.bz2",
        "p.tbz2",
        "p.tar.xz",
        "p.txz",
        "p.tar.zst",
        "P.TZST"
      })
  void compressedTarsAreRead(String name) throws IOException {
    byte[] packed =
        pack(name.toLowerCase(java.util.Locale.ROOT), tar(file("a.bmp"), file("x/b.bmp")));
    Run run = encode(name, packed);
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of("a.kmq", "x/b.kmq"), outputs());
    assertEquals(4, Kmq.decode(Files.readAllBytes(folder.resolve("o/x/b.kmq"))).palette().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.tar.gz", "p.tar.bz2", "p.tar.xz", "p.tar.zst"})
  void compressedTarsThatAreCutShortAreDamaged(String name) throws IOException {
    byte[] packed = pack(name, tar(file("a.bmp"), file("x/b.bmp")));
    for (int length = 0; length < packed.length; length += 29) {
      Run run = encode(name, Arrays.copyOf(packed, length));
      assertEquals(1, run.exit(), name + " " + length);
      assertTrue(run.err().contains(": damaged archive: "), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
      assertEquals(List.of(), outputs());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.tar.gz", "p.tar.bz2", "p.tar.xz"})
  void theChecksumOfACompressedTarIsVerified(String name) throws IOException {
    byte[] packed = pack(name, tar(file("a.bmp")));
    // gzip ends with CRC-32 and length, bzip2 with a CRC of all blocks, xz with that of its index.
    packed[packed.length - (name.endsWith("xz") ? 12 : 6)] ^= 4;
    Run run = encode(name, packed);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains(": damaged archive: "), run.err());
    assertEquals(List.of(), outputs());
  }

  @Test
  void entriesAreCountedAsTheyCome() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(out)) {
      byte[] empty = entry("x", '0', new byte[0], "");
      for (int i = 0; i < 66_000; i++) {
        packed.write(empty);
      }
      // A reader that continues finds this.
      packed.write("no header".repeat(1000).getBytes(StandardCharsets.US_ASCII));
    }
    Run run = encode("p.tar.gz", out.toByteArray());
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("p.tar.gz: has more entries than the limit of 65536"), run.err());
  }

  @Test
  void cutsLiesAndForeignFilesAreDamaged() throws IOException {
    byte[] tar = tar(file("a.bmp"), file("b.bmp"));
    byte[] sum = tar.clone();
    sum[2]++;
    byte[] huge = tar(header("a.bmp".getBytes(StandardCharsets.US_ASCII), '0', 1L << 32, ""));
    byte[] negative = header("a.bmp".getBytes(StandardCharsets.US_ASCII), '0', 0, "");
    Arrays.fill(negative, 124, 136, (byte) 0xff);
    byte[] beyond = tar(pax("size", "99999999999"), file("a.bmp"));
    byte[] base256 = header("a.bmp".getBytes(StandardCharsets.US_ASCII), '0', 0, "");
    System.arraycopy(
        ByteBuffer.allocate(12).putInt(0x80000000).putLong(1L << 60).array(), 0, base256, 124, 12);
    for (byte[] bad :
        List.of(
            Arrays.copyOf(tar, 700),
            Arrays.copyOf(tar, 1500),
            sum,
            huge,
            tar(checked(negative)),
            beyond,
            tar(checked(base256)),
            "no tar".repeat(200).getBytes(StandardCharsets.US_ASCII))) {
      Run run = encode("p.tar", bad);
      assertEquals(1, run.exit());
      assertTrue(
          run.err().contains(": damaged archive: ") || run.err().contains("limit"), run.err());
      assertEquals(List.of(), outputs());
    }
  }

  @Test
  void holesAreExpandedWithinTheLimits() throws IOException {
    // GNU's format 0.1: a map of one hole and no data, in a file that is skipped.
    for (String name : List.of("a.bmp", "readme.txt")) {
      byte[] hole =
          pax(
              "GNU.sparse.major",
              "0",
              "GNU.sparse.minor",
              "1",
              "GNU.sparse.map",
              "1073741824,0",
              "GNU.sparse.size",
              "1073741824");
      byte[] tar = tar(hole, entry(name, '0', new byte[0], ""));
      Run run = encode("p.tar", tar);
      assertEquals(1, run.exit());
      assertTrue(
          run.err().contains("p.tar: expands to more than the limit of 250 times"), run.err());
    }
  }

  @Test
  void namesOfAnyBytesStayDistinct() throws IOException {
    byte[] latin1 = "gr\u00fcn.bmp".getBytes(StandardCharsets.ISO_8859_1);
    byte[] other = "gr\u00f6n.bmp".getBytes(StandardCharsets.ISO_8859_1);
    byte[] tar =
        tar(
            join(header(latin1, '0', picture().length, ""), padded(picture())),
            join(header(other, '0', picture().length, ""), padded(picture())),
            file("blau-\u00fc.bmp"),
            pax("path", "sn\u00f6w \u2603.bmp"),
            file("x"));
    Run run = encode("p.tar", tar);
    assertEquals(0, run.exit(), run.err());
    assertEquals(
        List.of("blau-\u00fc.kmq", "gr\u00f6n.kmq", "gr\u00fcn.kmq", "sn\u00f6w \u2603.kmq"),
        outputs());
  }

  @Test
  void aNulInAPaxPathFailsTheEntryAlone() throws IOException {
    Run run = encode("p.tar", tar(pax("path", "a\0b.bmp"), file("x"), file("good.bmp")));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("name contains a NUL character"), run.err());
    assertEquals(List.of("good.kmq"), outputs());
  }

  @Test
  void headersNestedDeepAreThatArchivesFailure() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] longName = entry("././@LongLink", 'L', "a.bmp".getBytes(StandardCharsets.US_ASCII), "");
    for (int i = 0; i < 60_000; i++) {
      out.writeBytes(longName);
    }
    out.writeBytes(tar(file("a.bmp")));
    Path good = png("good.png", quarters(4, 4));
    Path bad = Files.write(folder.resolve("p.tar"), out.toByteArray());
    Run run = kmq("encode", bad, good, "--out-dir", folder.resolve("o"));
    assertEquals(1, run.exit());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("p.tar: damaged archive"), run.err());
    assertEquals(List.of("good.kmq"), outputs());
  }

  @Test
  void sevenZipIsReadAndVerified() throws IOException {
    Path path = folder.resolve("p.7z");
    try (SevenZOutputFile out = new SevenZOutputFile(path.toFile())) {
      out.setContentCompression(SevenZMethod.COPY);
      for (String name : List.of("a.bmp", "x/b.bmp", "../c.bmp", "readme.txt")) {
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName(name);
        out.putArchiveEntry(entry);
        out.write(picture());
        out.closeArchiveEntry();
      }
    }
    Run run = kmq("encode", path, "--out-dir", folder.resolve("o"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("../c.bmp: the entry's name contains .."), run.err());
    assertEquals(List.of("a.kmq", "x/b.kmq"), outputs());
    byte[] bytes = Files.readAllBytes(path);
    bytes[32 + 100] ^= 1; // in the pixels of the first entry
    run = encode("q.7z", bytes);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("q.7z!/a.bmp: damaged in its archive"), run.err());
  }

  @Test
  void sevenZipOfLzmaIsRead() throws IOException {
    Path path = folder.resolve("p.7z");
    try (SevenZOutputFile out = new SevenZOutputFile(path.toFile())) {
      for (String name : List.of("a.bmp", "b.bmp")) {
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName(name);
        out.putArchiveEntry(entry);
        out.write(picture());
        out.closeArchiveEntry();
      }
    }
    assertEquals(0, kmq("encode", path).exit());
    assertEquals(List.of("p.7z", "p/a.kmq", "p/b.kmq"), files());
    Run run = encode("q.7z", Arrays.copyOf(Files.readAllBytes(path), 100));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("q.7z: damaged archive"), run.err());
  }

  @Test
  void tarZstIsWrittenAndOthersAreNot() throws IOException {
    Path a = png("a.png", quarters(8, 8));
    Path zst = folder.resolve("o.tar.zst");
    assertEquals(0, kmq("encode", a, "-o", zst).exit());
    try (ZstdCompressorInputStream in = new ZstdCompressorInputStream(Files.newInputStream(zst))) {
      byte[] tar = in.readAllBytes();
      assertEquals("a.kmq", new String(tar, 0, 5, StandardCharsets.US_ASCII));
    }
    for (String name : List.of("o.7z", "o.tar.xz", "o.tar.bz2")) {
      Run run = kmq("encode", a, "-o", folder.resolve(name));
      assertEquals(2, run.exit());
      assertTrue(run.err().contains("cannot be written; use .zip"), run.err());
    }
    assertEquals(List.of("a.png", "o.tar.zst"), files());
  }

  /** More than is kept in memory, spooled to a folder of its own. */
  @Test
  void spoolsAreDeleted() throws IOException, InterruptedException {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    BufferedImage image = new BufferedImage(2400, 2400, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 1_000_000; i++) { // an archive of one colour is a bomb
      image.setRGB(i % 2400, i / 2400, random.nextInt(2));
    }
    ByteArrayOutputStream bmp = new ByteArrayOutputStream();
    ImageIO.write(image, "bmp", bmp);
    byte[] archive = gzip(tar(entry("a.bmp", '0', bmp.toByteArray(), "")));
    Path tar = Files.write(folder.resolve("p.tar.gz"), archive);
    List<String> options = List.of("-Djava.io.tmpdir=" + temporary);
    Run run = java(options, "encode", tar, "--out-dir", folder.resolve("o"));
    assertEquals(0, run.exit(), run.err());
    try (var files = Files.list(temporary)) {
      assertEquals(List.of(), files.filter(p -> p.toString().endsWith(".spool")).toList());
    }
  }

  @Test
  void sparseFilesAreRead() throws IOException {
    // GNU's format 1.0: the map precedes the data.
    byte[] picture = picture();
    byte[] map = padded(("1\n0\n" + picture.length + "\n").getBytes(StandardCharsets.US_ASCII));
    byte[] keys =
        pax(
            "GNU.sparse.major",
            "1",
            "GNU.sparse.minor",
            "0",
            "GNU.sparse.name",
            "a.bmp",
            "GNU.sparse.realsize",
            String.valueOf(picture.length));
    byte[] tar = tar(keys, entry("GNUSparseFile.0/a.bmp", '0', join(map, picture), ""));
    Run run = encode("p.tar", tar);
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of("a.kmq"), outputs());
  }

  @Test
  void longNamesAreRead() throws IOException {
    String name = "d".repeat(90) + "/" + "e".repeat(90) + "/a.bmp";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(picture().length);
      tar.putArchiveEntry(entry);
      tar.write(picture());
      tar.closeArchiveEntry();
    }
    assertEquals(0, encode("p.tar", out.toByteArray()).exit());
    assertEquals(List.of(name.replace(".bmp", ".kmq")), outputs());
  }
}
