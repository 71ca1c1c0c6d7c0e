package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.Kmq;
import dev.kmq.image.IndexedImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PNG files of every kind that the command writes look the same in other programs. */
class PngReadersTest extends BrowserTest {
  @ParameterizedTest
  @CsvSource({
    "2,false",
    "2,true",
    "4,false",
    "4,true",
    "16,false",
    "16,true",
    "200,false",
    "256,true"
  })
  void readersAgreeOnThePixels(int colors, boolean alpha) throws Exception {
    BufferedImage image = new BufferedImage(67, 45, BufferedImage.TYPE_INT_ARGB);
    Random random = new Random(colors);
    for (int i = 0; i < 67 * 45; i++) {
      int gradient = i % 67 * 3 << 16 | i / 67 * 5 << 8 | random.nextInt(64);
      image.setRGB(i % 67, i / 67, (alpha ? random.nextInt(4) * 85 : 255) << 24 | gradient);
    }
    Path source = png("in.png", image);
    Path kmq = folder.resolve("a.kmq");
    Path png = folder.resolve("a.png");
    assertEquals(0, kmq("encode", "-k", colors, source, "-o", kmq).exit());
    assertEquals(0, kmq("encode", "-k", colors, source, "-o", png).exit());
    IndexedImage decoded = Kmq.read(kmq);
    int[] expected = new int[67 * 45];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = decoded.argb(i % 67, i / 67);
    }
    assertArrayEquals(expected, ImageIO.read(png.toFile()).getRGB(0, 0, 67, 45, null, 0, 67));
    assertArrayEquals(expected, byImageMagick(png));
    assertNear(expected, byChromium(png));
  }

  private int[] byImageMagick(Path png) throws IOException {
    Path raw = folder.resolve("raw");
    try {
      Process convert =
          new ProcessBuilder("convert", png.toString(), "-depth", "8", "rgba:" + raw)
              .redirectErrorStream(true)
              .start();
      String said = new String(convert.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, convert.waitFor(), said);
    } catch (IOException e) {
      if (System.getenv("CI") != null) {
        fail("ImageMagick is missing", e);
      }
      assumeTrue(false, "ImageMagick is missing");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    int[] argb = new int[67 * 45];
    ByteBuffer.wrap(Files.readAllBytes(raw)).asIntBuffer().get(argb);
    return Arrays.stream(argb).map(rgba -> Integer.rotateRight(rgba, 8)).toArray();
  }

  private int[] byChromium(Path png) throws Exception {
    String data = Base64.getEncoder().encodeToString(Files.readAllBytes(png));
    Path page =
        Files.writeString(
            folder.resolve("page.html"),
            "<!doctype html><title>x</title><img id=i src='data:image/png;base64," + data + "'>");
    JsonNode pixels =
        open(page)
            .evaluate(
                "(() => { const i = document.getElementById('i');"
                    + " const c = document.createElement('canvas').getContext('2d');"
                    + " c.canvas.width = i.naturalWidth; c.canvas.height = i.naturalHeight;"
                    + " c.drawImage(i, 0, 0);"
                    + " return [...c.getImageData(0, 0, 67, 45).data]; })()");
    int[] argb = new int[67 * 45];
    for (int i = 0; i < argb.length; i++) {
      argb[i] =
          pixels.get(4 * i + 3).asInt() << 24
              | pixels.get(4 * i).asInt() << 16
              | pixels.get(4 * i + 1).asInt() << 8
              | pixels.get(4 * i + 2).asInt();
    }
    return argb;
  }

  /** A canvas holds colours multiplied by alpha, so translucent ones are not exact. */
  private static void assertNear(int[] expected, int[] actual) {
    for (int i = 0; i < expected.length; i++) {
      int alpha = expected[i] >>> 24;
      assertEquals(alpha, actual[i] >>> 24, "alpha of pixel " + i);
      int tolerance = alpha == 255 ? 0 : alpha == 0 ? 255 : 255 / alpha + 1;
      for (int shift = 0; shift < 24; shift += 8) {
        assertEquals(expected[i] >> shift & 255, actual[i] >> shift & 255, tolerance, "pixel " + i);
      }
    }
  }
}
