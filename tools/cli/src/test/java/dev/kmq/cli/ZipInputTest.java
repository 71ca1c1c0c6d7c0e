package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.kmq.Kmq;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Contents and headers of zip archives. */
class ZipInputTest extends CommandTest {
  private static byte[] picture(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(quarters(8, 8), format, out);
    return out.toByteArray();
  }

  private static ZipBytes.Entry bmp(String name) throws IOException {
    return new ZipBytes.Entry(name, picture("bmp"));
  }

  private static ZipBytes.Entry bmp(byte[] name) throws IOException {
    return new ZipBytes.Entry(name, picture("bmp"));
  }

  private Run encode(ZipBytes zip) throws IOException {
    return encode(zip.bytes());
  }

  private Run encode(byte[] zip) throws IOException {
    Path path = Files.write(folder.resolve("p.zip"), zip);
    return kmq("encode", path, "--out-dir", folder.resolve("o"));
  }

  /** The outputs, without their folder. */
  private List<String> outputs() throws IOException {
    return files().stream()
        .filter(name -> name.startsWith("o/"))
        .map(name -> name.substring(2))
        .toList();
  }

  private void failsAlone(ZipBytes.Entry bad, String message) throws IOException {
    Run run = encode(new ZipBytes().add(bad).add(bmp("good.bmp")));
    assertEquals(1, run.exit());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(List.of("good.kmq"), outputs());
  }

  @Test
  void checksumsOfEntriesAreVerified() throws IOException {
    ZipBytes.Entry bad = bmp("a.bmp");
    failsAlone(bad.crc(bad.crc ^ 1), "a.bmp: damaged in its archive: its CRC-32 is wrong");
  }

  @Test
  void aFlippedBitOfDeflatedDataIsNoPicture() throws IOException {
    byte[] picture = picture("bmp");
    byte[] flipped = picture.clone();
    flipped[60] ^= 1;
    ZipBytes.Entry entry = new ZipBytes.Entry("a.bmp", picture);
    failsAlone(entry.packed(8, ZipBytes.deflate(flipped)), "damaged in its archive: its CRC-32");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 200, 247, 1000, 1 << 24})
  void sizesOfEntriesAreVerified(long size) throws IOException {
    assertEquals(246, picture("bmp").length);
    failsAlone(bmp("a.bmp").deflated().size(size), "a.bmp: damaged in its archive: it");
  }

  @Test
  void anEntryBeyondTheLimitIsNamed() throws IOException {
    failsAlone(bmp("a.bmp").size(0xfffffffeL), "more than the limit of 1073741824");
  }

  @Test
  void entriesOfEveryCommonMethodAreRead() throws IOException {
    byte[] picture = picture("bmp");
    ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bzip2)) {
      out.write(picture);
    }
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    try (XZOutputStream out = new XZOutputStream(xz, new LZMA2Options())) {
      out.write(picture);
    }
    byte[] zstd = Zstd.compress(picture);
    Run run =
        encode(
            new ZipBytes()
                .add(bmp("stored.bmp"))
                .add(bmp("deflate.bmp").deflated())
                .add(bmp("bzip2.bmp").packed(12, bzip2.toByteArray()))
                .add(bmp("zstd.bmp").packed(93, zstd))
                .add(bmp("zstd20.bmp").packed(20, zstd))
                .add(bmp("xz.bmp").packed(95, xz.toByteArray())));
    assertEquals(0, run.exit(), run.err());
    List<String> names =
        List.of("bzip2.kmq", "deflate.kmq", "stored.kmq", "xz.kmq", "zstd.kmq", "zstd20.kmq");
    assertEquals(names, outputs());
    for (String name : names) {
      assertEquals(
          4,
          Kmq.decode(Files.readAllBytes(folder.resolve("o").resolve(name))).palette().size(),
          name);
    }
  }

  @ParameterizedTest
  @CsvSource({"14, LZMA", "98, PPMD", "99, AES_ENCRYPTED", "77, 77", "10, PKWARE_IMPLODING"})
  void otherMethodsAreNotSupported(int method, String name) throws IOException {
    ZipBytes.Entry bad = bmp("a.bmp");
    failsAlone(bad.packed(method, bad.data), "a.bmp: not supported: it is compressed by method");
    assertTrue(kmq("check", "--include", "*.bmp", folder.resolve("p.zip")).err().contains(name));
  }

  @Test
  void encryptedEntriesAreNotSupported() throws IOException {
    failsAlone(bmp("a.bmp").flags(1), "a.bmp: not supported: the entry is encrypted");
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 20, 93, 95, 8, 1, 6, 9})
  void junkInAnyMethodFailsTheEntryAlone(int method) throws IOException {
    byte[] junk = new byte[100];
    new java.util.Random(method).nextBytes(junk);
    failsAlone(bmp("a.bmp").packed(method, junk), "a.bmp: damaged in its archive");
  }

  @Test
  void entriesThatShareBytesAreRefused() throws IOException {
    ZipBytes.Entry shared = bmp("a.bmp");
    ZipBytes zip = new ZipBytes().add(shared);
    for (int i = 0; i < 50; i++) {
      shared.name = ("n" + i + ".bmp").getBytes(StandardCharsets.US_ASCII);
      zip.refer(shared);
    }
    Run run = encode(zip);
    assertEquals(1, run.exit());
    assertEquals(51, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("n7.bmp: damaged in its archive: it overlaps"), run.err());
    assertEquals(List.of(), outputs());
  }

  @Test
  void anEntryThatReachesIntoTheNextIsRefused() throws IOException {
    ZipBytes.Entry tooLong = bmp("a.bmp").deflated();
    tooLong.packedSize += 40;
    failsAlone(tooLong, "it overlaps another entry");
  }

  @Test
  void expansionIsJudgedOverTheArchive() throws IOException {
    byte[] zeros = ZipBytes.deflate(new byte[12 << 20]);
    ZipBytes.Entry entry = new ZipBytes.Entry("0.bmp", new byte[0]);
    entry.size(12 << 20).packed(8, zeros);
    ZipBytes zip = new ZipBytes().add(entry);
    // One is within the free expansion; 40 are 480 MiB from 480 KiB.
    Run one = encode(zip);
    assertTrue(one.err().contains("0.bmp: damaged in its archive: its CRC-32"), one.err());
    for (int i = 1; i < 40; i++) {
      entry.name = (i + ".bmp").getBytes(StandardCharsets.US_ASCII);
      zip.add(entry);
    }
    Run run = encode(zip);
    assertEquals(1, run.exit());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(
        run.err().contains("p.zip: expands to more than the limit of 250 times its size"),
        run.err());
  }

  @Test
  void entriesAreCountedBeforeTheDirectoryIsRead() throws IOException {
    ZipBytes zip = new ZipBytes();
    ZipBytes.Entry entry = new ZipBytes.Entry("x", new byte[0]);
    for (int i = 0; i < 65_540; i++) {
      zip.add(entry);
    }
    // A reader of the whole directory finds that this is not a header.
    entry.extra = new byte[] {1, 0, 9, 0};
    zip.add(entry);
    for (int entries : new int[] {0, 1, 65_535}) {
      Run run = encode(zip.bytes(entries));
      assertEquals(1, run.exit());
      assertTrue(run.err().contains("has more entries than the limit of 65536"), run.err());
    }
  }

  @Test
  void asManyEntriesAsTheLimitAreTaken() throws IOException {
    ZipBytes zip = new ZipBytes().add(bmp("a.bmp"));
    ZipBytes.Entry entry = new ZipBytes.Entry("x", new byte[0]);
    for (int i = 1; i < 65_536; i++) {
      zip.add(entry);
    }
    assertEquals(0, encode(zip).exit());
    assertEquals(List.of("a.kmq"), outputs());
  }

  @Test
  void namesWithoutFlagAreUtf8OrCodePage437() throws IOException {
    Charset cp437 = Charset.forName("IBM437");
    ZipBytes.Entry unicode = bmp("old.bmp");
    unicode.extra(unicodePath("old.bmp", "snow ☃.bmp"));
    ZipBytes.Entry foreign = bmp("renamed.bmp");
    foreign.extra(unicodePath("old.bmp", "other.bmp"));
    Run run =
        encode(
            new ZipBytes()
                .add(bmp("Grün.bmp".getBytes(cp437)))
                .add(bmp("Ä.bmp".getBytes(cp437)))
                .add(bmp("Ö.bmp".getBytes(cp437)))
                .add(bmp("ß/é.bmp"))
                .add(bmp("über.bmp").flags(ZipBytes.UTF8))
                .add(bmp("写真.bmp".getBytes(Charset.forName("Shift_JIS"))))
                .add(unicode)
                .add(foreign));
    assertEquals(0, run.exit(), run.err());
    assertEquals(
        List.of(
            "Grün.kmq",
            "renamed.kmq",
            "snow ☃.kmq",
            "Ä.kmq",
            "Ä╩É^.kmq",
            "Ö.kmq",
            "ß/é.kmq",
            "über.kmq"),
        outputs());
  }

  private static byte[] unicodePath(String name, String unicode) {
    byte[] text = unicode.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(9 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x7075)
        .putShort((short) (5 + text.length))
        .put((byte) 1)
        .putInt((int) crc.getValue())
        .put(text)
        .array();
  }

  @Test
  void emptyAndDotPartsOfNamesAreLeftOut() throws IOException {
    Run run =
        encode(new ZipBytes().add(bmp("./a.bmp")).add(bmp("x//b.bmp")).add(bmp("./x/./c.bmp")));
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of("a.kmq", "x/b.kmq", "x/c.kmq"), outputs());
  }

  @Test
  void backslashesSeparateFoldersWhereAWindowsToolWroteThem() throws IOException {
    Run run =
        encode(
            new ZipBytes()
                .add(bmp("x\\a.bmp").system(ZipBytes.DOS))
                .add(bmp("x\\").system(ZipBytes.DOS))
                .add(bmp("y\\b.bmp").system(ZipBytes.UNIX)));
    assertEquals(0, run.exit(), run.err());
    assertEquals(2, outputs().size());
    assertTrue(Files.isRegularFile(folder.resolve("o/x/a.kmq")));
  }

  @ParameterizedTest
  @CsvSource({
    "../a.bmp, contains ..",
    "x/../../a.bmp, contains ..",
    "x/../a.bmp, contains ..",
    "..\\..\\a.bmp, contains ..",
    "x/..\\a.bmp, contains ..",
    "/a.bmp, is absolute",
    "//host/a.bmp, is absolute",
    "\\a.bmp, is absolute",
    "C:\\a.bmp, starts with a drive",
    "C:/a.bmp, starts with a drive",
  })
  void namesThatLeadOutAreSaidToDoSo(String name, String why) throws IOException {
    for (int system : new int[] {ZipBytes.DOS, ZipBytes.UNIX}) {
      failsAlone(bmp(name).system(system), "the entry's name " + why);
      Files.delete(folder.resolve("o/good.kmq"));
    }
  }

  @Test
  void aNulInANameFailsTheEntryAlone() throws IOException {
    failsAlone(bmp("a\0b.bmp"), "name contains a NUL character");
  }

  @Test
  void entriesOfOneNameFailAndOthersDoNot() throws IOException {
    Run run =
        encode(
            new ZipBytes()
                .add(bmp("a.bmp"))
                .add(bmp("good.bmp"))
                .add(bmp("a.bmp"))
                .add(bmp("./a.bmp")));
    assertEquals(1, run.exit());
    assertEquals(3, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("the archive has 3 entries of this name"), run.err());
    assertEquals(List.of("good.kmq"), outputs());
  }

  @Test
  void whatMacOsAddsIsPassedOver() throws IOException {
    ZipBytes.Entry fork = new ZipBytes.Entry("__MACOSX/._a.bmp", new byte[10]);
    Run run =
        encode(
            new ZipBytes()
                .add(bmp("a.bmp"))
                .add(fork)
                .add(new ZipBytes.Entry("x/._b.bmp", new byte[10]))
                .add(bmp("__MACOSX/x/c.bmp")));
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of("a.kmq"), outputs());
    png("f/a.png", quarters(4, 4));
    Files.write(folder.resolve("f/._a.png"), new byte[10]);
    assertEquals(
        0, kmq("encode", "-r", folder.resolve("f"), "--out-dir", folder.resolve("g")).exit());
    assertTrue(files().contains("g/a.kmq"));
  }

  @Test
  void aDamagedLocalHeaderFailsItsEntryAlone() throws IOException {
    ZipBytes zip = new ZipBytes().add(bmp("a.bmp")).add(bmp("good.bmp"));
    for (int delta : new int[] {-1, 1, 100}) {
      byte[] bytes = zip.bytes();
      bytes[26] += (byte) delta; // the length of the name, from which the place of the data follows
      Run run = encode(bytes);
      assertEquals(1, run.exit());
      assertEquals(1, run.err().lines().count(), run.err());
      assertEquals(List.of("good.kmq"), outputs());
      Files.delete(folder.resolve("o/good.kmq"));
    }
  }
}
