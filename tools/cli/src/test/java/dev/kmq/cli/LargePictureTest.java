package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import dev.kmq.picture.Picture;
import dev.kmq.picture.TestPng;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images that are larger than the memory of a process. */
class LargePictureTest extends CommandTest {
  private static final int HEAP_MIB = 48;
  private static final int WIDTH = 4200;
  private static final int HEIGHT = 4000;

  private Path png = Path.of("");

  @BeforeEach
  void write() throws IOException {
    assertTrue((long) WIDTH * HEIGHT > Picture.MOST_IN_MEMORY, "the image is not read by rows");
    png = Files.write(folder.resolve("large.png"), png());
  }

  private static int color(int x, int y) {
    return 0xFF000000 | (x / 17 & 0xFC) << 16 | (y / 16 & 0xFC) << 8 | (x ^ y) & 0x1C;
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(data, fast)) {
      byte[] row = new byte[1 + 3 * WIDTH];
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int color = color(x, y);
          row[1 + 3 * x] = (byte) (color >> 16);
          row[2 + 3 * x] = (byte) (color >> 8);
          row[3 + 3 * x] = (byte) color;
        }
        out.write(row);
      }
    }
    fast.end();
    return TestPng.of(
        TestPng.header(WIDTH, HEIGHT, 8, 2),
        new TestPng.Chunk("IDAT", data.toByteArray()),
        new TestPng.Chunk("IEND", new byte[0]));
  }

  private static PixelSource pixels() {
    int[] argb = new int[WIDTH * HEIGHT];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = color(i % WIDTH, i / WIDTH);
    }
    return PixelSource.of(WIDTH, HEIGHT, argb);
  }

  private Run done(Object... args) throws IOException, InterruptedException {
    Run run = withHeap(HEAP_MIB, args);
    assertEquals(0, run.exit(), run.err());
    return run;
  }

  @Test
  void theBytesAreThoseMadeInMemory() throws IOException, InterruptedException {
    Path kmq = folder.resolve("large.kmq");
    Run run =
        done("encode", "--json", "-k", 16, "--method", "rans", "--effort", "fast", png, "-o", kmq);
    PixelSource pixels = pixels();
    EncodeOptions options =
        EncodeOptions.builder()
            .colors(16)
            .effort(Effort.FAST)
            .metric(Metric.OKLAB)
            .methods(Method.RANS)
            .build();
    IndexedImage image = new KmqEncoder(options).quantize(pixels);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    new KmqEncoder(options).write(image, expected);
    assertArrayEquals(expected.toByteArray(), Files.readAllBytes(kmq));
    double mse = ColorError.of(pixels, image.pixels(), 0).mse();
    assertEquals(mse, run.json().get(0).get("mse").asDouble());

    done("check", kmq);
    Path again = folder.resolve("again.kmq");
    done("encode", kmq, "-o", again);
    assertArrayEquals(expected.toByteArray(), Files.readAllBytes(again));
    Path back = folder.resolve("back.png");
    done("decode", kmq, "-o", back);
    Path whole = folder.resolve("whole.kmq");
    done("encode", "--method", "rans", "--skip-if-larger", back, "-o", whole);
    assertArrayEquals(expected.toByteArray(), Files.readAllBytes(whole));
    done("decode", "--region", "2000,1900,64,64", kmq, "-o", folder.resolve("region.png"));
  }

  @Test
  void sweepAndThumbnailAndPaletteTakeLittleMemory() throws IOException, InterruptedException {
    Run run = done("sweep", "--json", "-k", 4, "--method", "packed", "--effort", "fast", png);
    assertTrue(run.json().get(0).get("ssim").isNull());
    done("thumbnail", "--size", 64, png, "-o", folder.resolve("small.png"));
    done("palette", "-k", 4, "--effort", "fast", png);
    Run page = withHeap(HEAP_MIB, "sweep", "-k", 4, "--report", folder.resolve("page.html"), png);
    assertEquals(1, page.exit());
    assertTrue(page.err().contains("too large for --report"), page.err());
  }

  /** Formats that are read at once need memory; the message shows that, and nothing is damaged. */
  @Test
  void whatIsReadAtOnceIsTooLargeRatherThanDamaged() throws IOException, InterruptedException {
    byte[] file = Files.readAllBytes(png);
    file[28] = 1; // interlaced
    CRC32 crc = new CRC32();
    crc.update(file, 12, 17);
    ByteBuffer.wrap(file).putInt(29, (int) crc.getValue());
    Path interlaced = Files.write(folder.resolve("interlaced.png"), file);
    Run run = withHeap(HEAP_MIB, "encode", interlaced);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("too large for the available memory"), run.err());
    assertFalse(run.err().contains("damaged"), run.err());
  }
}
