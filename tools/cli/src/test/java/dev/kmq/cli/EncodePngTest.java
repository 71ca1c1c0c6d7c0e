package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.imageio.KmqImages;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexed PNG as the output of {@code encode}. */
class EncodePngTest extends CommandTest {
  private BufferedImage read(String name) throws IOException {
    return ImageIO.read(new File(folder.toFile(), name));
  }

  private static void assertSamePixels(BufferedImage a, BufferedImage b) {
    assertEquals(a.getWidth(), b.getWidth());
    assertEquals(a.getHeight(), b.getHeight());
    for (int i = 0; i < a.getWidth() * a.getHeight(); i++) {
      int x = i % a.getWidth();
      int y = i / a.getWidth();
      assertEquals(a.getRGB(x, y), b.getRGB(x, y), x + "," + y);
    }
  }

  @Test
  void aPngHasThePixelsOfTheKmq() throws IOException {
    Path picture = png("in.png", noise(50, 40, 7));
    for (String dither : List.of("none", "spatial")) {
      Object[] same = {"encode", "-f", "-k", 30, "--dither", dither, picture, "--json", "-o"};
      JsonNode kmq = kmq(append(same, folder.resolve("a.kmq"))).json().get(0);
      JsonNode png = kmq(append(same, folder.resolve("a.PNG"))).json().get(0);
      assertEquals(
          0, kmq("decode", "-f", "-o", folder.resolve("b.png"), folder.resolve("a.kmq")).exit());
      assertSamePixels(read("b.png"), read("a.PNG"));
      assertEquals("png", png.get("method").asText());
      assertEquals(30, png.get("colors").asInt());
      assertEquals(Files.size(folder.resolve("a.PNG")), png.get("bytes").asLong());
      assertEquals(kmq.get("psnr"), png.get("psnr"));
    }
  }

  private static Object[] append(Object[] args, Object last) {
    Object[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = last;
    return all;
  }

  @Test
  void aFormatNamesManyOutputs() throws IOException {
    png("in/a.png", noise(9, 9, 1));
    png("in/sub/b.png", noise(9, 9, 2));
    Path out = folder.resolve("out");
    assertEquals(
        0,
        kmq("encode", "--format", "png", "-k", 4, "-r", "--out-dir", out, folder.resolve("in"))
            .exit());
    IndexColorModel colors = (IndexColorModel) read("out/sub/b.png").getColorModel();
    assertEquals(4, colors.getMapSize());
    assertEquals(2, colors.getPixelSize());
    assertEquals(
        0, kmq("encode", "--format", "png", "-k", 4, "-f", folder.resolve("in/a.png")).exit());
    assertSamePixels(read("out/a.png"), read("in/a.png"));
  }

  @Test
  void indexedImagesKeepPaletteAndIndicesUpTo256Colours() throws IOException {
    Palette palette = Palette.ofArgb(0xFF000001, 0, 0x80FF0000, 0xFF000001, 0xFF00FF00);
    IndexPlane plane = IndexPlane.allocate(5, 1, 5);
    for (int x = 0; x < 5; x++) {
      plane.set(x, 0, 4 - x);
    }
    EncodeOptions named =
        EncodeOptions.builder().chunks(List.of(Chunk.palette("night", palette))).build();
    Files.write(folder.resolve("a.kmq"), Kmq.encode(new IndexedImage(palette, plane), named));
    Run run = kmq("encode", "-o", folder.resolve("a.png"), folder.resolve("a.kmq"));
    assertEquals(0, run.exit());
    assertTrue(run.err().contains("its alternative palettes are dropped, because a PNG has none"));
    IndexSource back = KmqImages.indexed(read("a.png")).orElseThrow();
    for (int i = 0; i < 5; i++) { // the JDK appends entries up to a power of two
      assertEquals(palette.argb(i), back.palette().argb(i));
    }
    for (int x = 0; x < 5; x++) {
      assertEquals(4 - x, back.rows(0, 1).get(x, 0));
    }
    int[] many = new int[300];
    Arrays.setAll(many, i -> i * 0x000301);
    IndexPlane wide = IndexPlane.allocate(300, 1, 300);
    for (int x = 0; x < 300; x++) {
      wide.set(x, 0, x);
    }
    Files.write(
        folder.resolve("m.kmq"),
        Kmq.encode(new IndexedImage(Palette.ofRgb(many), wide), EncodeOptions.defaults()));
    JsonNode json =
        kmq("encode", "--json", "-o", folder.resolve("m.png"), folder.resolve("m.kmq"))
            .json()
            .get(0);
    assertEquals(256, json.get("colors").asInt());
    assertEquals("oklab", json.get("metric").asText());
  }

  @Test
  void transparencyIsKept() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, i << 24 | 0x3366CC + i % 7);
    }
    Path picture = png("in.png", image);
    assertEquals(0, kmq("encode", "-k", 20, "-o", folder.resolve("a.png"), picture).exit());
    BufferedImage back = read("a.png");
    for (int i = 0; i < 256; i++) {
      int alpha = back.getRGB(i % 16, i / 16) >>> 24;
      assertEquals(i, alpha, 20);
      assertEquals(i == 0, alpha == 0);
      assertTrue(i < 255 || alpha == 255);
    }
  }

  @Test
  void bandsAreNamed() throws IOException {
    BufferedImage sky = new BufferedImage(64, 128, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 128; i++) {
      sky.setRGB(i % 64, i / 64, i / 64 * 0x020202);
    }
    Path picture = png("sky.png", sky);
    Run run = kmq("encode", "-k", 8, "-o", folder.resolve("a.png"), picture);
    assertTrue(run.out().contains("--dither spatial hides them"), run.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--method rans|--method is for .kmq; a PNG has no such choice",
        "--tile 64x64|--tile is for .kmq",
        "--rdo 3|--rdo is for .kmq",
        "--target-bytes 900|--target-bytes is for .kmq",
        "--max-decoding-cost 9|--max-decoding-cost is for .kmq",
        "--alt-palette a=b|--alt-palette is for .kmq",
        "-k 257|--colors 257: an indexed PNG holds up to 256",
        "--format kmq|--format kmq contradicts --output",
        "--format gif|--format must be kmq or png, not 'gif'",
      })
  void whatAPngLacksIsRefused(String line) throws IOException {
    Path picture = png("in.png", noise(4, 4, 1));
    String[] parts = line.split("\\|", 2);
    List<Object> args = new ArrayList<>(List.of("encode", picture));
    args.addAll(List.of(parts[0].split(" ", -1)));
    args.addAll(List.of("-o", folder.resolve("x.png")));
    Run run = kmq(args.toArray());
    assertEquals(2, run.exit());
    assertTrue(run.err().contains(parts[1]), run.err());
    assertFalse(Files.exists(folder.resolve("x.png")));
  }
}
