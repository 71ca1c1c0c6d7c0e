package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that the codec writes have the same pixels in JavaScript: images of several kinds with 64
 * and 256 colours, by every method. Needs {@code node} as {@link JavaScriptDecoderTest} does.
 */
class JavaScriptPixelsTest {
  private static final int[] COLORS = {64, 256};

  @TempDir Path folder;
  private final List<String> expected = new ArrayList<>();

  @Test
  void generatedImages() throws Exception {
    Random random = new Random(12);
    add("noise", 120, 90, (x, y) -> 0xFF000000 | random.nextInt(1 << 24), Dither.NONE);
    add("gradient", 160, 120, (x, y) -> argb(255, x, y, x + y), Dither.NONE);
    add("dithered", 160, 120, (x, y) -> argb(255, x, y, x + y), Dither.SPATIAL);
    add("waves", 200, 130, JavaScriptPixelsTest::waves, Dither.FLOYD_STEINBERG);
    add("screen", 256, 160, JavaScriptPixelsTest::screen, Dither.NONE);
    add("alpha", 100, 100, (x, y) -> argb(x * 255 / 99, y * 2, x * y, x ^ y), Dither.NONE);
    assertSame();
  }

  /**
   * The middle of each photograph in the folder that the property {@code kmq.corpus} names: squares
   * of {@code kmq.crop} pixels, 64 unless given.
   */
  @Test
  void photographs() throws Exception {
    Path corpus = Path.of(System.getProperty("kmq.corpus", "")).resolve("cq100");
    assumeTrue(Files.isDirectory(corpus), "-Dkmq.corpus names no folder with cq100");
    int size = Integer.getInteger("kmq.crop", 64);
    try (Stream<Path> files = Files.list(corpus)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".png")).sorted().toList()) {
        BufferedImage image = ImageIO.read(file.toFile());
        int width = Math.min(size, image.getWidth());
        int height = Math.min(size, image.getHeight());
        int left = (image.getWidth() - width) / 2;
        int top = (image.getHeight() - height) / 2;
        String name = String.valueOf(file.getFileName());
        add(name, width, height, (x, y) -> image.getRGB(left + x, top + y), Dither.NONE);
      }
    }
    assertSame();
  }

  private static int argb(int alpha, int red, int green, int blue) {
    return (alpha & 255) << 24 | (red & 255) << 16 | (green & 255) << 8 | blue & 255;
  }

  private static int waves(int x, int y) {
    double wave = Math.sin(x / 17.0) + Math.sin(y / 11.0) + Math.sin((x + y) / 23.0);
    return argb(255, (int) (128 + 40 * wave), (int) (128 - 40 * wave), (x * y) >> 7);
  }

  /** Boxes and letters that repeat: the codec chooses memory under rans, matches under mix. */
  private static int screen(int x, int y) {
    int letter = (x / 8 * 7 + y / 12 * 3) % 5;
    boolean ink = ((x % 8 * (letter + 2) ^ y % 12 * 3) & 4) != 0;
    int shade = ink ? 0x20 + 16 * letter : 0xF0;
    return argb(255, shade, x / 64 * 60, y / 40 * 60);
  }

  private void add(String name, int width, int height, IntBinaryOperator pixel, Dither dither)
      throws IOException, NoSuchAlgorithmException {
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = pixel.applyAsInt(i % width, i / width);
    }
    PixelSource pixels = PixelSource.of(width, height, argb);
    for (int colors : COLORS) {
      EncodeOptions options = EncodeOptions.builder().colors(colors).dither(dither).build();
      IndexedImage image = new KmqEncoder(options).quantize(pixels);
      for (Method method : Method.values()) {
        byte[] bytes = Kmq.encode(image, options.toBuilder().methods(method).build());
        Path file = folder.resolve(name + "-" + colors + "-" + method.label() + ".kmq");
        Files.write(file, bytes);
        expected.add(file + " " + sha256(Kmq.decode(bytes)));
      }
    }
  }

  private static String sha256(IndexedImage image) throws NoSuchAlgorithmException {
    int[] argb = image.toArgb();
    byte[] rgba = new byte[4 * argb.length];
    for (int i = 0; i < argb.length; i++) {
      for (int c = 0; c < 3; c++) {
        rgba[4 * i + c] = (byte) (argb[i] >> 16 - 8 * c);
      }
      rgba[4 * i + 3] = (byte) (argb[i] >> 24);
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(rgba));
  }

  private void assertSame() throws IOException, InterruptedException {
    String output = Program.run("node", "js/test/hashes.mjs", folder.toString());
    List<String> actual = List.of(output.strip().split("\n", -1));
    assertEquals(expected.stream().sorted().toList(), actual.stream().sorted().toList());
  }
}
