package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.picture.TestPng;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeCommandTest extends CommandTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 17, 256})
  void pngKeepsPaletteAndIndices(int k) throws IOException {
    Path picture = png("a.png", noise(29, 19, 2));
    kmq("encode", "-k", k, picture);
    Path file = folder.resolve("a.kmq");
    assertEquals(0, kmq("decode", file, "-o", folder.resolve("b.png")).exit());
    IndexedImage expected = Kmq.decode(Files.readAllBytes(file));
    BufferedImage image = ImageIO.read(folder.resolve("b.png").toFile());
    IndexColorModel model = assertInstanceOf(IndexColorModel.class, image.getColorModel());
    for (int i = 0; i < k; i++) {
      assertEquals(expected.palette().argb(i), model.getRGB(i));
    }
    for (int y = 0; y < 19; y++) {
      for (int x = 0; x < 29; x++) {
        assertEquals(expected.plane().get(x, y), image.getRaster().getSample(x, y, 0));
      }
    }
    kmq("encode", folder.resolve("b.png"));
    assertEquals(-1, Files.mismatch(file, folder.resolve("b.kmq")));
  }

  @Test
  void indexedFormatsKeepTheOrderOfPalettesWithAlpha() throws IOException {
    byte[] plte = {9, 8, 7, 1, 2, 3, 9, 8, 7, 4, 5, 6};
    byte[] trns = {-1, -1, -1, 0};
    Path picture =
        Files.write(
            folder.resolve("a.png"),
            TestPng.row(
                3,
                new byte[] {0, 1, 2, 3},
                new TestPng.Chunk("PLTE", plte),
                new TestPng.Chunk("tRNS", trns)));
    kmq("encode", picture);
    Path file = folder.resolve("a.kmq");
    Path out = folder.resolve("b.png");
    assertEquals(0, kmq("decode", file, "-o", out).exit());
    byte[] png = Files.readAllBytes(out);
    assertArrayEquals(plte, TestPng.data(png, "PLTE"));
    assertArrayEquals(trns, TestPng.data(png, "tRNS"));
    assertArrayEquals(new byte[] {0, 0b00_01_10_11}, TestPng.rows(png));
    IndexedImage expected = Kmq.decode(Files.readAllBytes(file));
    assertEquals(0, kmq("decode", file, "-o", folder.resolve("b.gif")).exit());
    assertIndices(folder.resolve("b.gif"), expected);
    kmq("encode", "--alpha", "drop", picture, "-o", folder.resolve("o.kmq"));
    IndexedImage opaque = Kmq.decode(Files.readAllBytes(folder.resolve("o.kmq")));
    for (String suffix : List.of("png", "gif", "tif", "bmp")) {
      Path other = folder.resolve("o." + suffix);
      assertEquals(0, kmq("decode", folder.resolve("o.kmq"), "-o", other).exit());
      assertIndices(other, opaque);
    }
  }

  private static void assertIndices(Path file, IndexedImage expected) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    IndexColorModel model = assertInstanceOf(IndexColorModel.class, image.getColorModel());
    for (int i = 0; i < expected.palette().size(); i++) {
      int argb = expected.palette().argb(i);
      assertEquals(argb >>> 24, model.getAlpha(i), file + ", entry " + i);
      assertEquals(argb >>> 24 == 0 ? 0 : argb, argb >>> 24 == 0 ? 0 : model.getRGB(i));
    }
    for (int x = 0; x < expected.width(); x++) {
      assertEquals(expected.plane().get(x, 0), image.getRaster().getSample(x, 0, 0));
    }
  }

  @Test
  void moreThan256ColoursAreDirect() throws IOException {
    BufferedImage image = noise(30, 30, 3);
    kmq("encode", "-k", 1000, png("a.png", image));
    kmq("decode", folder.resolve("a.kmq"), "-o", folder.resolve("b.png"));
    assertTrue(samePixels(image, ImageIO.read(folder.resolve("b.png").toFile())));
  }

  @Test
  void otherFormatsBySuffix() throws IOException {
    kmq("encode", png("a.png", quarters(16, 16)));
    Path file = folder.resolve("a.kmq");
    for (String suffix : List.of("bmp", "gif", "jpg", "tif")) {
      Path out = folder.resolve("o." + suffix);
      Run run = kmq("decode", file, "-o", out);
      assertEquals(0, run.exit(), run.err());
      assertEquals(16, ImageIO.read(out.toFile()).getWidth());
    }
    assertEquals(2, kmq("decode", file, "-o", folder.resolve("o.xyz")).exit());
    assertEquals(0, kmq("decode", "--format", "bmp", file, "--out-dir", folder).exit());
    assertTrue(files().contains("a.bmp"));
  }

  @Test
  void theNameOfTheOutputMustNotContradictTheFormat() throws IOException {
    kmq("encode", png("a.png", quarters(16, 16)));
    Path file = folder.resolve("a.kmq");
    for (String name : List.of("o.png", "o.webp", "o.kmq", "o.PNG")) {
      Run run = kmq("decode", "--format", "bmp", file, "-o", folder.resolve(name));
      assertEquals(2, run.exit(), name);
      assertTrue(run.err().contains("--format bmp contradicts --output "), run.err());
    }
    assertEquals(List.of("a.kmq", "a.png"), files());
    for (String name : List.of("o", "o.dat", "o.bmp", "v1.2/o")) {
      Path out = folder.resolve(name);
      Files.createDirectories(out.getParent());
      assertEquals(0, kmq("decode", "--format", "BMP", file, "-o", out).exit(), name);
      assertEquals('B', Files.readAllBytes(out)[0]);
    }
    assertEquals(0, kmq("decode", "--format", "jpeg", file, "-o", folder.resolve("o.jpg")).exit());
    assertEquals('B', kmq("decode", "--format", "bmp", file, "-o", "-").bytes()[0]);
  }

  @Test
  void listsTheFormatsThatItWrites() throws IOException {
    kmq("encode", png("a.png", quarters(16, 16)));
    Run run = kmq("decode", "--format", "webp", folder.resolve("a.kmq"));
    assertTrue(run.err().contains("one of: bmp, gif, jpg, png, tif, wbmp\n"), run.err());
  }

  @Test
  void transparencyIsNotDroppedSilently() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80FF0000);
    kmq("encode", png("a.png", image));
    Run run = kmq("decode", folder.resolve("a.kmq"), "-o", folder.resolve("b.jpg"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("transparency"), run.err());
    assertEquals(List.of("a.kmq", "a.png"), files());
  }

  @Test
  void regionIsACropAndMustLieInside() throws IOException {
    BufferedImage image = noise(100, 80, 4);
    kmq("encode", "-k", 65536, "--tile", "32x16", png("a.png", image));
    Path file = folder.resolve("a.kmq");
    Path out = folder.resolve("b.png");
    assertEquals(0, kmq("decode", file, "--region", "31,15,40,30", "-o", out).exit());
    assertTrue(samePixels(image.getSubimage(31, 15, 40, 30), ImageIO.read(out.toFile())));
    assertEquals(1, kmq("decode", file, "--region", "80,0,21,1", "--force", "-o", out).exit());
    assertEquals(2, kmq("decode", file, "--region", "80,0,0,1", "--force", "-o", out).exit());
  }

  @Test
  void damagedFileGivesNoOutput() throws IOException {
    kmq("encode", png("a.png", quarters(16, 16)));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.kmq"));
    bytes[bytes.length - 6] ^= 1;
    Path bad = Files.write(folder.resolve("bad.kmq"), bytes);
    Run run = kmq("decode", bad);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("checksum") && run.err().contains("offset"), run.err());
    assertEquals(1, run.err().lines().count());
    assertEquals(List.of("a.kmq", "a.png", "bad.kmq"), files());
  }

  @Test
  void profileResolutionAndTextGoIntoThePng() throws IOException {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    EncodeOptions options =
        EncodeOptions.builder()
            .chunks(
                List.of(
                    Chunk.iccProfile(profile),
                    Chunk.pixelsPerMetre(3937, 3937),
                    Chunk.text("Title", "Grüße")))
            .build();
    int[] argb = {0xFF808080, 0xFF102030};
    Path file = folder.resolve("a.kmq");
    Files.write(file, Kmq.encode(PixelSource.of(2, 1, argb), options));
    kmq("decode", "--metadata", "all", file);
    Path again = folder.resolve("b.kmq");
    kmq("encode", "--method", "packed", "--metadata", "all", folder.resolve("a.png"), "-o", again);
    assertEquals(-1, Files.mismatch(file, again));
    kmq("decode", "--metadata", "none", file, "-o", folder.resolve("c.png"));
    int rgb = ImageIO.read(folder.resolve("c.png").toFile()).getRGB(0, 0);
    assertEquals(188, rgb & 0xFF, 1, "a linear 128 is 188 in sRGB");
  }
}
