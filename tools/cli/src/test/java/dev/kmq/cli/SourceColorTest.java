package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.KmqWriter;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.IccProfile;
import dev.kmq.imageio.KmqImages;
import dev.kmq.picture.TestPng;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colour spaces and texts of files, through the command. */
class SourceColorTest extends CommandTest {
  private static final byte[] RGB = {36, 36, 36, (byte) 182, 91, 73};
  private static final TestPng.Chunk LINEAR = TestPng.ofInts("gAMA", 100000);

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private IndexedImage encoded(Path picture, Object... options) throws IOException {
    Path file = folder.resolve("encoded.kmq");
    List<Object> args = new ArrayList<>(List.of("encode", "--force", picture, "-o", file));
    args.addAll(List.of(options));
    Run run = kmq(args.toArray());
    assertEquals(0, run.exit(), run.err());
    return Kmq.decode(Files.readAllBytes(file));
  }

  private static List<String> warnings(Run run) {
    assertEquals(0, run.exit(), run.err());
    return StreamSupport.stream(run.json().get(0).path("warnings").spliterator(), false)
        .map(w -> w.asText())
        .filter(w -> !w.contains("larger than the input")) // of a few pixels
        .toList();
  }

  private List<String> warnings(Path picture) throws IOException {
    return warnings(
        kmq("encode", "--json", "--force", picture, "-o", folder.resolve("encoded.kmq")));
  }

  private static byte[] profile(int space) {
    return ICC_Profile.getInstance(space).getData();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 0})
  void gammaBecomesAProfileOrIsConvertedBy(int colorType) throws IOException {
    byte[] png =
        switch (colorType) {
          case 2 -> TestPng.row(2, RGB, LINEAR);
          case 3 -> TestPng.row(3, new byte[] {1, 0}, LINEAR, new TestPng.Chunk("PLTE", RGB));
          default -> TestPng.row(0, new byte[] {36, (byte) 182}, LINEAR);
        };
    Path picture = write("a.png", png);
    for (String[] options : new String[][] {{"--to-srgb"}, {"--metadata", "none"}}) {
      IndexedImage srgb = encoded(picture, (Object[]) options);
      int dark = colorType == 3 ? srgb.argb(1, 0) : srgb.argb(0, 0);
      int light = colorType == 3 ? srgb.argb(0, 0) : srgb.argb(1, 0);
      assertNear(0x696969, dark);
      assertNear(colorType == 0 ? 0xDCDCDC : 0xDCA192, light);
    }
    IndexedImage kept = encoded(picture);
    assertEquals(0xFF242424, colorType == 3 ? kept.argb(1, 0) : kept.argb(0, 0));
    Path file = folder.resolve("encoded.kmq");
    assertEquals("icc", kmq("info", "--json", file).json().get(0).get("colorSpace").asText());
    Path out = folder.resolve("b.png");
    kmq("decode", "--force", file, "-o", out);
    assertTrue(TestPng.data(Files.readAllBytes(out), "iCCP").length > 0);
    kmq("decode", "--force", "--metadata", "none", file, "-o", out);
    int rgb = ImageIO.read(out.toFile()).getRGB(colorType == 3 ? 1 : 0, 0);
    assertNear(0x696969, rgb);
    assertEquals(List.of(), warnings(picture));
  }

  private static void assertNear(int expected, int actual) {
    for (int shift = 0; shift < 24; shift += 8) {
      assertEquals(
          expected >> shift & 0xFF, actual >> shift & 0xFF, 1, Integer.toHexString(actual));
    }
  }

  @Test
  void whatMeansSrgbIsStoredAsSrgb() throws IOException {
    for (TestPng.Chunk chunk :
        List.of(
            TestPng.ofInts("gAMA", 45455),
            TestPng.ofInts("cHRM", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000),
            TestPng.ofBytes("cICP", 1, 13, 0, 1))) {
      Path picture = write("a.png", TestPng.row(2, RGB, chunk));
      assertEquals(List.of(), warnings(picture));
      Run info = kmq("info", "--json", folder.resolve("encoded.kmq"));
      assertEquals("srgb", info.json().get(0).get("colorSpace").asText());
      assertEquals(0, info.json().get(0).get("chunks").size());
    }
  }

  @Test
  void hdrIsToneMapped() throws IOException {
    byte[] greys = {(byte) 182, (byte) 182, (byte) 182};
    Path picture = write("a.png", TestPng.row(2, greys, TestPng.ofBytes("cICP", 9, 16, 0, 1)));
    assertEquals(List.of("the image is HDR (PQ); it is tone-mapped to sRGB"), warnings(picture));
    assertEquals(0xFFF4F4F4, encoded(picture).argb(0, 0));
  }

  @Test
  void damagedColourChunksAreIgnored() throws IOException {
    byte[] png = TestPng.row(2, RGB, LINEAR);
    png[8 + 25 + 8 + 4] ^= 1;
    Path picture = write("a.png", png);
    assertEquals(List.of("the gAMA chunk is damaged and is ignored"), warnings(picture));
    assertEquals(0xFF242424, encoded(picture, "--to-srgb").argb(0, 0));
    Path late = write("late.png", moved(TestPng.row(2, RGB, LINEAR)));
    assertEquals(0xFF242424, encoded(late, "--to-srgb").argb(0, 0));
  }

  /** The chunk after IHDR is moved after IDAT. */
  private static byte[] moved(byte[] png) {
    List<TestPng.Chunk> chunks = new ArrayList<>(TestPng.chunks(png));
    chunks.add(2, chunks.remove(1));
    return TestPng.of(chunks.toArray(TestPng.Chunk[]::new));
  }

  private static byte[] jpeg(byte[]... segments) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, 0x806040);
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", plain);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain.toByteArray(), 0, 2);
    for (byte[] segment : segments) {
      file.writeBytes(segment);
    }
    file.write(plain.toByteArray(), 2, plain.size() - 2);
    return file.toByteArray();
  }

  private static byte[] segment(int marker, byte[]... data) {
    int length = 2;
    for (byte[] part : data) {
      length += part.length;
    }
    ByteBuffer segment = ByteBuffer.allocate(2 + length);
    segment.put((byte) 0xFF).put((byte) marker).putShort((short) length);
    for (byte[] part : data) {
      segment.put(part);
    }
    return segment.array();
  }

  private static byte[] part(int number, int count, byte[] data) {
    byte[] head =
        ("ICC_PROFILE\0" + (char) number + (char) count).getBytes(StandardCharsets.ISO_8859_1);
    return segment(0xE2, head, data);
  }

  /** A profile that claims another colour space, class or connection space. */
  private static byte[] changed(byte[] profile, int at, String word) {
    byte[] copy = profile.clone();
    System.arraycopy(word.getBytes(StandardCharsets.US_ASCII), 0, copy, at, 4);
    return copy;
  }

  private static byte[] iccp(byte[] profile) {
    ByteBuffer data = ByteBuffer.allocate(3 + TestPng.deflate(profile).length);
    return data.put(new byte[] {'x', 0, 0}).put(TestPng.deflate(profile)).array();
  }

  @Test
  void profilesThatCannotBeUsedAreDropped() throws IOException {
    byte[] linear = profile(ColorSpace.CS_LINEAR_RGB);
    byte[] grey = profile(ColorSpace.CS_GRAY);
    List<byte[]> bad =
        List.of(
            new byte[] {1, 2, 3},
            java.util.Arrays.copyOf(linear, linear.length / 2),
            changed(linear, 16, "Lab "),
            changed(linear, 16, "CMYK"),
            changed(linear, 12, "link"),
            changed(linear, 36, "xxxx"),
            grey);
    for (int i = 0; i < bad.size(); i++) {
      byte[] profile = bad.get(i);
      Path png = write("a.png", TestPng.row(2, RGB, new TestPng.Chunk("iCCP", iccp(profile))));
      Path jpg = write("a.jpg", jpeg(part(1, 1, profile)));
      int[] argb = {0xFF242424, 0xFFB65B49};
      EncodeOptions options =
          EncodeOptions.builder().chunks(List.of(Chunk.iccProfile(profile))).build();
      Path kmq = write("a.kmq", Kmq.encode(PixelSource.of(2, 1, argb), options));
      for (Path picture : List.of(png, jpg, kmq)) {
        List<String> warnings = warnings(picture);
        assertEquals(1, warnings.size(), i + " " + picture + warnings);
        assertTrue(warnings.get(0).startsWith("the ICC profile "), warnings.get(0));
        Run info = kmq("info", "--json", folder.resolve("encoded.kmq"));
        assertEquals("srgb", info.json().get(0).get("colorSpace").asText());
        IndexedImage srgb = encoded(picture, "--to-srgb");
        assertNear(picture.equals(jpg) ? 0x806040 : 0x242424, srgb.argb(0, 0));
      }
      assertEquals(1, warnings(kmq("palette", "--json", kmq)).size());
      Run given = kmq("encode", "-f", "--palette", kmq, png, "-o", folder.resolve("given.kmq"));
      assertTrue(given.err().contains("a.kmq: warning: the ICC profile "), given.err());
      Path out = folder.resolve("out.png");
      assertEquals(1, warnings(kmq("decode", "--json", "--force", kmq, "-o", out)).size());
      assertEquals(0, TestPng.data(Files.readAllBytes(out), "iCCP").length);
    }
  }

  @ParameterizedTest
  @CsvSource({"1:2, 1", "1:2 1:2, 1", "1:2 3:2, 1", "0:1, 1", "1:3 2:2, 1", "2:2 1:2, 0"})
  void profilesOfJpegNeedAllTheirParts(String parts, int warnings) throws IOException {
    byte[] linear = profile(ColorSpace.CS_LINEAR_RGB);
    List<byte[]> segments = new ArrayList<>();
    for (String part : parts.split(" ", -1)) {
      int number = part.charAt(0) - '0';
      int from = number <= 1 ? 0 : linear.length / 2;
      int to = number == 1 ? linear.length / 2 : linear.length;
      segments.add(
          part(number, part.charAt(2) - '0', java.util.Arrays.copyOfRange(linear, from, to)));
    }
    Path picture = write("a.jpg", jpeg(segments.toArray(byte[][]::new)));
    assertEquals(warnings, warnings(picture).size());
    assertNear(warnings == 1 ? 0x806040 : 0xBCA589, encoded(picture, "--to-srgb").argb(0, 0));
  }

  @Test
  void greyProfilesDescribeGreySamples() throws IOException {
    TestPng.Chunk profile = new TestPng.Chunk("iCCP", iccp(profile(ColorSpace.CS_GRAY)));
    Path eight = write("8.png", TestPng.row(0, new byte[] {0, 36, (byte) 146}, profile));
    byte[] rows = {0, 0b00_01_10_11};
    Path two =
        write(
            "2.png",
            TestPng.of(
                TestPng.header(4, 1, 2, 0),
                profile,
                new TestPng.Chunk("IDAT", TestPng.deflate(rows)),
                new TestPng.Chunk("IEND", new byte[0])));
    assertEquals(List.of(), warnings(eight));
    assertNear(0x696969, encoded(eight).argb(1, 0));
    assertEquals(List.of(), warnings(two));
    assertNear(0x9C9C9C, encoded(two).argb(1, 0));
  }

  /** 256 greys with a linear profile, by the command, ImageIO and the API. */
  @Test
  void paletteIsTheSameByCommandImageIoAndApi() throws IOException {
    int[] greys = IntStream.range(0, 256).map(i -> 0xFF000000 | i * 0x010101).toArray();
    byte[] file = linearFile(greys, dev.kmq.container.ColorSpace.ICC);
    Path kmq = write("a.kmq", file);
    Path png = folder.resolve("a.png");
    assertEquals(0, kmq("decode", "-f", "--metadata", "none", kmq, "-o", png).exit());
    int[] byCommand = argb(ImageIO.read(png.toFile()));
    assertArrayEquals(byCommand, argb(ImageIO.read(kmq.toFile())));
    try (KmqReader reader = KmqReader.open(file, DecodeOptions.defaults())) {
      IccProfile profile = IccProfile.of(reader.header(), reader.chunks()).orElseThrow();
      IndexedImage shown = profile.toSrgb(reader.readImage());
      assertArrayEquals(byCommand, argb(KmqImages.image(shown)));
    }
    assertEquals(0xFF9B9B9B, byCommand[83]);
  }

  /** Rule P-6: without a profile, colours are sRGB. */
  @Test
  void profileOfAFileInSrgbDoesNotCount() throws IOException {
    int[] greys = {0xFF000000, 0xFF404040, 0xFF808080};
    Path file = write("a.kmq", linearFile(greys, dev.kmq.container.ColorSpace.SRGB));
    Path png = folder.resolve("a.png");
    assertEquals(0, kmq("decode", "-f", "--metadata", "all", file, "-o", png).exit());
    assertArrayEquals(greys, argb(ImageIO.read(png.toFile())));
    assertFalse(new String(Files.readAllBytes(png), StandardCharsets.ISO_8859_1).contains("iCCP"));
    assertArrayEquals(greys, argb(ImageIO.read(file.toFile())));
    IndexedImage again = encoded(file, "--metadata", "all");
    assertArrayEquals(greys, again.palette().toArgb());
    Path copy = folder.resolve("copy.kmq");
    assertEquals(0, kmq("encode", "-f", "--metadata", "all", file, "-o", copy).exit());
    assertEquals(
        dev.kmq.container.ColorSpace.SRGB, Kmq.readHeader(Files.newInputStream(copy)).colorSpace());
  }

  /** A file of one row with all colours of a palette, and a linear profile. */
  private static byte[] linearFile(int[] colors, dev.kmq.container.ColorSpace space)
      throws IOException {
    IndexPlane plane = IndexPlane.allocate(colors.length, 1, colors.length);
    IntStream.range(0, colors.length).forEach(i -> plane.set(i, 0, i));
    Palette palette = Palette.ofRgb(colors);
    Header header =
        Header.plain(Method.PACKED, palette, space, Tiling.full(colors.length, 1), true);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Chunk profile = Chunk.iccProfile(profile(ColorSpace.CS_LINEAR_RGB));
    new KmqWriter(file, header, List.of(profile), Work.onThreads(1))
        .write(new IndexedImage(palette, plane));
    return file.toByteArray();
  }

  private static int[] argb(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), 1, null, 0, image.getWidth());
  }

  private List<String> texts(Path picture) throws IOException {
    assertEquals(
        0, kmq("encode", "-f", "--metadata", "all", picture, "-o", folder.resolve("t.kmq")).exit());
    return kmq("info", folder.resolve("t.kmq"))
        .out()
        .lines()
        .filter(l -> l.contains(" = "))
        .toList();
  }

  @Test
  void textsAreReadInTheirEncoding() throws IOException {
    byte[] latin = "Jörg".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf8 = "Jörg".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    zipped.writeBytes("Title\0\0".getBytes(StandardCharsets.US_ASCII));
    zipped.writeBytes(TestPng.deflate(latin));
    List<byte[]> files =
        List.of(
            TestPng.row(2, RGB, text("tEXt", "Title\0", latin)),
            TestPng.row(2, RGB, new TestPng.Chunk("zTXt", zipped.toByteArray())),
            TestPng.row(2, RGB, text("iTXt", "Title\0\0\0\0\0", utf8)),
            jpeg(segment(0xFE, latin)),
            jpeg(segment(0xFE, utf8)),
            gif(latin),
            gif(utf8));
    for (byte[] file : files) {
      List<String> texts = texts(write("a.png", file));
      assertEquals(1, texts.size());
      assertTrue(texts.get(0).endsWith(" = Jörg"), texts.get(0));
      assertFalse(texts.get(0).contains("\uFFFD"));
    }
  }

  /** A GIF of one pixel with a comment after its image. */
  private static byte[] gif(byte[] comment) {
    ByteArrayOutputStream gif = new ByteArrayOutputStream();
    gif.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
    gif.writeBytes(new byte[] {1, 0, 1, 0, (byte) 0x80, 0, 0, 1, 2, 3, 4, 5, 6});
    gif.writeBytes(new byte[] {0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0});
    gif.writeBytes(new byte[] {0x21, (byte) 0xFE, (byte) comment.length});
    gif.writeBytes(comment);
    gif.writeBytes(new byte[] {0, 0x3B});
    return gif.toByteArray();
  }

  private static TestPng.Chunk text(String type, String head, byte[] text) {
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    return new TestPng.Chunk(
        type, ByteBuffer.allocate(start.length + text.length).put(start).put(text).array());
  }

  /** A BMP of version 5 with the pixels of {@link #RGB}. */
  private static byte[] bmp(String space, int[] endpoints, int gamma, byte[] profile) {
    int header = 124;
    ByteBuffer file =
        ByteBuffer.allocate(14 + header + 8 + profile.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(14 + header);
    file.putInt(header).putInt(2).putInt(1).putShort((short) 1).putShort((short) 24);
    file.putInt(0).putInt(8).putLong(0).putLong(0);
    file.putInt(0xFF0000).putInt(0xFF00).putInt(0xFF).putInt(0);
    byte[] name = space.getBytes(StandardCharsets.US_ASCII);
    for (int i = 3; i >= 0; i--) {
      file.put(i < name.length ? name[i] : 0);
    }
    for (int i = 0; i < 9; i++) {
      file.putInt(endpoints[i]);
    }
    file.putInt(gamma).putInt(gamma).putInt(gamma);
    file.putInt(4).putInt(header + 8).putInt(profile.length).putInt(0);
    file.put(new byte[] {36, 36, 36, 73, 91, (byte) 182, 0, 0}).put(profile);
    return file.array();
  }

  /** As Chromium shows them; xyz of the primaries of Display P3. */
  @Test
  void colourSpacesOfBmpAreHonoured() throws IOException {
    double[] p3 = {.68, .32, 0, .265, .69, .045, .15, .06, .79};
    int[] endpoints = java.util.Arrays.stream(p3).mapToInt(v -> (int) (v * (1 << 30))).toArray();
    byte[] none = {};
    Path linear = write("a.bmp", bmp("", endpoints, 1 << 16, none));
    assertEquals(List.of(), warnings(linear));
    IndexedImage image = encoded(linear, "--to-srgb");
    assertNear(0x696969, image.argb(0, 0));
    assertNear(0xE69E8E, image.argb(1, 0));
    Path gamma = write("b.bmp", bmp("", endpoints, (int) (2.2 * 65536), none));
    assertNear(0xC55441, encoded(gamma, "--to-srgb").argb(1, 0));
    byte[] profile = profile(ColorSpace.CS_LINEAR_RGB);
    Path embedded = write("c.bmp", bmp("MBED", new int[9], 0, profile));
    assertNear(0xDCA192, encoded(embedded, "--to-srgb").argb(1, 0));
    Path junk = write("d.bmp", bmp("MBED", new int[9], 0, new byte[50]));
    assertEquals(List.of("the ICC profile is damaged and is ignored"), warnings(junk));
    Path linked = write("e.bmp", bmp("LINK", new int[9], 0, none));
    assertEquals(List.of("the ICC profile is in another file and is ignored"), warnings(linked));
    for (String space : List.of("sRGB", "Win ", "")) {
      assertEquals(List.of(), warnings(write("f.bmp", bmp(space, new int[9], 0, none))));
      assertNear(0xB65B49, encoded(folder.resolve("f.bmp"), "--to-srgb").argb(1, 0));
    }
  }

  /** A TIFF of one RGB pixel of 36 with one more field. */
  private static byte[] tiff(int tag, int type, int count, byte[] value) {
    ByteBuffer file = ByteBuffer.allocate(200 + value.length);
    file.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8).putShort((short) 10);
    int[][] fields = {
      {256, 3, 1, 1 << 16}, {257, 3, 1, 1 << 16}, {258, 3, 3, 150}, {259, 3, 1, 1 << 16},
      {262, 3, 1, 2 << 16}, {273, 4, 1, 160}, {277, 3, 1, 3 << 16}, {278, 3, 1, 1 << 16},
      {279, 4, 1, 3}, {tag, type, count, 200}
    };
    for (int[] field : fields) {
      file.putShort((short) field[0]).putShort((short) field[1]).putInt(field[2]).putInt(field[3]);
    }
    file.putInt(0).position(150);
    file.putShort((short) 8).putShort((short) 8).putShort((short) 8).position(160);
    file.put((byte) 36).put((byte) 36).put((byte) 36).position(200);
    return file.put(value).array();
  }

  @Test
  void profilesOfTiffAreKeptOrDropped() throws IOException {
    byte[] linear = profile(ColorSpace.CS_LINEAR_RGB);
    Path kept = write("a.tif", tiff(34675, 7, linear.length, linear));
    assertEquals(List.of(), warnings(kept));
    assertNear(0x696969, encoded(kept, "--to-srgb").argb(0, 0));
    for (byte[] bad :
        List.of(new byte[200], profile(ColorSpace.CS_GRAY), changed(linear, 16, "Lab "))) {
      Path picture = write("b.tif", tiff(34675, 7, bad.length, bad));
      assertEquals(1, warnings(picture).size());
      assertNear(0x242424, encoded(picture, "--to-srgb").argb(0, 0));
    }
  }

  @Test
  void primariesOfTiffOtherThanThoseOfSrgbAreWarnedOf() throws IOException {
    int[] srgb = {640, 330, 300, 600, 150, 60};
    int[] p3 = {680, 320, 265, 690, 150, 60};
    assertEquals(List.of(), warnings(write("a.tif", withPrimaries(srgb))));
    assertEquals(
        List.of("primaries other than those of sRGB are ignored"),
        warnings(write("b.tif", withPrimaries(p3))));
    assertNear(0x242424, encoded(folder.resolve("b.tif"), "--to-srgb").argb(0, 0));
  }

  /** A TIFF with PrimaryChromaticities in thousandths, and WhitePoint, whose values follow them. */
  private static byte[] withPrimaries(int... chromaticities) {
    ByteBuffer values = ByteBuffer.allocate(64);
    for (int value : chromaticities) {
      values.putInt(value).putInt(1000);
    }
    values.putInt(3127).putInt(10000).putInt(3290).putInt(10000);
    byte[] file = tiff(319, 5, 6, values.array());
    // RowsPerStrip, which is optional, becomes the white point.
    ByteBuffer.wrap(file, 10 + 7 * 12, 12)
        .putShort((short) 318)
        .putShort((short) 5)
        .putInt(2)
        .putInt(248);
    return file;
  }

  @Test
  void profilesAreKeptByteForByte() throws IOException {
    byte[] linear = profile(ColorSpace.CS_LINEAR_RGB);
    Path picture = write("a.png", TestPng.row(2, RGB, new TestPng.Chunk("iCCP", iccp(linear))));
    assertEquals(List.of(), warnings(picture));
    Path out = folder.resolve("b.png");
    kmq("decode", folder.resolve("encoded.kmq"), "-o", out);
    byte[] iccp = TestPng.data(Files.readAllBytes(out), "iCCP");
    int name = "ICC profile\0\0".length();
    assertArrayEquals(
        linear,
        new java.util.zip.InflaterInputStream(
                new java.io.ByteArrayInputStream(iccp, name, iccp.length - name))
            .readAllBytes());
  }
}
