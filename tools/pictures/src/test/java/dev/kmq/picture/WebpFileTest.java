package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Chunk;
import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.png.MatrixProfile;
import dev.kmq.png.Primaries;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what cwebp writes, and compares with what dwebp reads. */
class WebpFileTest {
  private static final int WIDTH = 71;
  private static final int HEIGHT = 45;

  @TempDir Path folder;

  @BeforeEach
  void needsPrograms() throws IOException, InterruptedException {
    for (String program : List.of("cwebp", "dwebp")) {
      boolean found;
      try {
        found = new ProcessBuilder(program, "-version").start().waitFor() == 0;
      } catch (IOException e) {
        found = false;
      }
      if (System.getenv("CI") == null) {
        Assumptions.assumeTrue(found, program + " (Debian package webp) is missing");
      }
      assertTrue(found, program + " is required under CI");
    }
  }

  private void run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), String.join(" ", command) + ": " + said);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static BufferedImage image(boolean alpha) {
    int type = alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int red = (int) (128 + 100 * Math.sin(x / 9.0));
        int green = (int) (128 + 100 * Math.cos((x + 2 * y) / 13.0));
        int blue = x * y % 37 < 9 ? 230 : 3 * y;
        int opacity = alpha ? Math.max(0, Math.min(255, 6 * (x - 10))) : 255;
        image.setRGB(x, y, opacity << 24 | red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  private byte[] encoded(BufferedImage image, String options) throws IOException {
    Path png = folder.resolve("in.png");
    Path webp = folder.resolve("out.webp");
    ImageIO.write(image, "png", png.toFile());
    List<String> command = new ArrayList<>(List.of("cwebp", "-quiet"));
    command.addAll(Arrays.asList(options.split(" ", -1)));
    command.addAll(List.of(png.toString(), "-o", webp.toString()));
    run(command.toArray(String[]::new));
    return Files.readAllBytes(webp);
  }

  /** What dwebp reads, without its interpolation of chroma, which is not part of the format. */
  private int[] reference(byte[] webp) throws IOException {
    Path in = Files.write(folder.resolve("r.webp"), webp);
    Path out = folder.resolve("r.png");
    run("dwebp", "-quiet", "-nofancy", in.toString(), "-o", out.toString());
    BufferedImage image = ImageIO.read(out.toFile());
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  private static int[] argb(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** The largest and the mean difference of samples, alpha apart, which must be equal. */
  private static double[] differences(int[] a, int[] b) {
    assertEquals(a.length, b.length);
    double most = 0;
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      assertEquals(a[i] >>> 24, b[i] >>> 24, "alpha");
      for (int shift = 0; shift < 24 && a[i] >>> 24 > 0; shift += 8) {
        int off = Math.abs((a[i] >>> shift & 0xFF) - (b[i] >>> shift & 0xFF));
        most = Math.max(most, off);
        sum += off;
      }
    }
    return new double[] {most, sum / (3 * a.length)};
  }

  @ParameterizedTest
  @ValueSource(strings = {"-z 0", "-z 6", "-z 9", "-z 6 -exact"})
  void losslessIsExact(String level) throws IOException {
    for (boolean alpha : new boolean[] {false, true}) {
      byte[] webp = encoded(image(alpha), "-lossless " + level);
      Picture picture = Reading.read(webp);
      assertNull(picture.reduction());
      assertEquals(List.of(), picture.warnings());
      assertArrayEquals(reference(webp), Reading.argb(picture));
      if (!alpha || level.contains("exact")) {
        assertArrayEquals(argb(image(alpha)), Reading.argb(picture));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 13, 16, 17, 200})
  void fewColoursAreExact(int colors) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, i * i % 211 % colors * 0x013579);
    }
    assertArrayEquals(argb(image), Reading.argb(encoded(image, "-lossless")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-q 5", "-q 40 -m 0", "-q 40 -m 1", "-q 75", "-q 100 -segments 1"})
  void lossyWithoutSmoothingDiffersByRounding(String options) throws IOException {
    for (boolean alpha : new boolean[] {false, true}) {
      byte[] webp = encoded(image(alpha), options + " -f 0");
      Picture picture = Reading.read(webp);
      assertEquals(1, differences(reference(webp), Reading.argb(picture))[0]);
      assertEquals("approximate decoding", picture.reduction());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-q 10", "-q 40", "-q 75", "-q 75 -alpha_filter best", "-q 90 -nostrong"})
  void lossyWithSmoothingIsNearAndWarnedOf(String options) throws IOException {
    for (boolean alpha : new boolean[] {false, true}) {
      byte[] webp = encoded(image(alpha), options);
      Picture picture = Reading.read(webp);
      double[] found = differences(reference(webp), Reading.argb(picture));
      assertTrue(found[1] < 2.5, () -> "mean " + found[1]);
      assertEquals("approximate decoding", picture.reduction());
      assertEquals(
          List.of("a lossy WebP is decoded approximately; chroma and block edges differ slightly"),
          picture.warnings());
    }
  }

  /** Of 19 colours and transparent black, which is an index beyond the palette (libwebp 1.6). */
  @Test
  void indicesBeyondALargePaletteAreRefused() throws IOException {
    byte[] webp =
        Base64.getDecoder()
            .decode(
                "UklGRqYAAABXRUJQVlA4TJoAAAAvC0ABEI/AJpLtNjOCIIHIscpZdN2biUvTyECU1taSTcEhsQ"
                    + "CJzemgKxj/"
                    + "dQNtdJXWttpYDpoRGID9B0hX2SCq+55z5j+OuH/+Ii6/THtN2gocAWjkOtH2lDMYuMiOYRVN6IMh"
                    + "u3OHvoDCto1UfMyPEf2Pb4z7vBGPVaR5oU8KEHcjrwObmG17Tei5jhsI486Vc3Rq9Vb9deoa");
    String refusal = Reading.refusal(webp);
    assertTrue(
        refusal.startsWith("not supported: a lossless WebP with alpha and a palette of more than"),
        refusal);
  }

  @Test
  void anImageOfOneColourIsShort() throws IOException {
    byte[] webp = Base64.getDecoder().decode("UklGRhQAAABXRUJQVlA4TAgAAAAvH8AHEIiICA==");
    int[] argb = Reading.argb(webp);
    assertEquals(32 * 32, argb.length);
    assertEquals(1, Arrays.stream(argb).distinct().count());
  }

  /** Palettes with transparent black among their colours are decoded. */
  @ParameterizedTest
  @ValueSource(ints = {3, 17, 40, 200})
  void transparentBlackInAPaletteIsExact(int colors) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int color = i * i % 211 % colors;
      image.setRGB(i % WIDTH, i / WIDTH, color == 0 ? 0 : 0xFF000000 | color * 0x013579);
    }
    byte[] webp = encoded(image, "-lossless");
    int[] reference = reference(webp);
    try {
      assertArrayEquals(reference, Reading.argb(webp));
    } catch (FailedInput e) {
      // A newer encoder, as in the case of a large palette.
      assertTrue(String.valueOf(e.getMessage()).startsWith("not supported: "), e.getMessage());
    }
  }

  @Test
  void whatWouldBeWrongIsRefused() throws IOException {
    String start = "not supported: ";
    assertTrue(
        Reading.refusal(encoded(image(false), "-q 0"))
            .startsWith(start + "a lossy WebP of the lowest quality"));
    assertTrue(
        Reading.refusal(encoded(image(true), "-q 50 -alpha_method 0"))
            .startsWith(start + "a WebP with uncompressed alpha"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-lossless", "-q 50"})
  void truncatedFilesAreDamaged(String options) throws IOException {
    byte[] webp = encoded(image(true), options);
    for (int n = 12; n < webp.length - 1; n += 1 + n / 9) {
      String message = Reading.refusal(Arrays.copyOf(webp, n));
      assertTrue(message.startsWith("damaged image: "), n + ": " + message);
    }
  }

  /** The only chunk of a simple file, with its header. */
  private static byte[] bitstream(byte[] webp) {
    return Arrays.copyOfRange(webp, 12, webp.length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void orientationAndProfileAreHonoured(boolean preamble) throws IOException {
    byte[] profile = displayP3();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(TestWebp.chunk("ICCP", profile));
    body.writeBytes(bitstream(encoded(image(false), "-lossless")));
    ByteBuffer exif = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
    exif.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x112).putShort((short) 3).putInt(1).putInt(6);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    if (preamble) {
      data.writeBytes(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    }
    data.writeBytes(exif.array());
    body.writeBytes(TestWebp.chunk("EXIF", data.toByteArray()));
    Picture picture = Reading.read(TestWebp.extended(0x28, WIDTH, HEIGHT, body.toByteArray()));
    assertEquals(HEIGHT, picture.width());
    assertEquals(image(false).getRGB(0, HEIGHT - 1), Reading.argb(picture)[0]);
    assertTrue(picture.hasProfile());
    Chunk kept = picture.chunks().get(0);
    assertArrayEquals(profile, kept.data());
  }

  private static byte[] displayP3() {
    Primaries primaries = new Primaries(0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060);
    return Objects.requireNonNull(MatrixProfile.ofGamma("test", primaries, 2.2));
  }

  @Test
  void theShortestDataIsRead() throws IOException {
    byte[] data = TestWebp.lossless(3, 2, 0x80112233);
    assertEquals(12, data.length);
    byte[] file = TestWebp.extended(0x10, 3, 2, TestWebp.chunk("VP8L", data));
    int[] expected = new int[6];
    Arrays.fill(expected, 0x80112233);
    assertArrayEquals(expected, Reading.argb(file));
    assertArrayEquals(expected, reference(file));
  }

  @Test
  void framesAreBlendedAndDisposedOf() throws IOException {
    int red = 0xFFFF0000;
    int half = 0x800000FF;
    byte[] file =
        TestWebp.animation(
            4,
            1,
            TestWebp.frame(0, 0, 4, 1, 0, red),
            TestWebp.frame(2, 0, 1, 1, 2 + 1, half),
            TestWebp.frame(0, 0, 2, 1, 0, half));
    Picture first = Reading.read(file);
    assertEquals(
        List.of("only the first of 3 frames is kept; use encode --all-frames to write all"),
        first.warnings());
    assertArrayEquals(new int[] {red, red, red, red}, Reading.argb(first));
    Inputs.Selection all = new Inputs.Selection(false, Set.of(), List.of(), List.of());
    try (Inputs inputs = Inputs.find(List.of("-"), new ByteArrayInputStream(file), all)) {
      Input input = Objects.requireNonNull(inputs.found().get(0).input());
      FrameReader frames =
          new PictureReader(Limits.defaults(), MetadataPolicy.COLOR, false, null).frames(input);
      assertEquals(3, frames.count());
      assertArrayEquals(new int[] {red, red, half, red}, Reading.argb(frames.read(1)));
      int blended = Compositing.over(half, red);
      assertArrayEquals(new int[] {blended, blended, 0, red}, Reading.argb(frames.read(2)));
    }
  }
}
