package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffFileTest {
  private static final int WIDTH = 7;
  private static final int HEIGHT = 5;
  private static final int PIXELS = WIDTH * HEIGHT;
  private static final int GREY = 1;
  private static final int RGB = 2;
  private static final int NONE = 1;
  private static final int DEFLATE = 8;
  private static final ByteOrder[] ORDERS = {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN};

  private static Map<Integer, int[]> fields(int photometric, int samples, int bits, int format) {
    Map<Integer, int[]> fields = new HashMap<>();
    fields.put(TestTiff.WIDTH, new int[] {WIDTH});
    fields.put(TestTiff.HEIGHT, new int[] {HEIGHT});
    fields.put(TestTiff.BITS, IntStream.range(0, samples).map(i -> bits).toArray());
    fields.put(TestTiff.COMPRESSION, new int[] {NONE});
    fields.put(TestTiff.PHOTOMETRIC, new int[] {photometric});
    fields.put(TestTiff.SAMPLES, new int[] {samples});
    fields.put(TestTiff.ROWS_PER_STRIP, new int[] {HEIGHT});
    fields.put(TestTiff.SAMPLE_FORMAT, IntStream.range(0, samples).map(i -> format).toArray());
    return fields;
  }

  private static byte[] tiff(ByteOrder order, Map<Integer, int[]> fields, byte[]... strips) {
    return new TestTiff(order).page(fields, strips).bytes();
  }

  private static long[] random(int n, int bits) {
    Random random = new Random(bits);
    long[] values = random.longs(n, 0, 1L << bits).toArray();
    values[0] = 0;
    values[1] = (1L << bits) - 1;
    return values;
  }

  /** The nearest of 256 levels, in integers. */
  private static int level(long value, int bits) {
    long max = (1L << bits) - 1;
    return (int) ((2 * 255 * value + max) / (2 * max));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 10, 12, 14, 16, 32})
  void greysOfEveryDepth(int bits) throws IOException {
    long[] values = random(PIXELS, bits);
    for (ByteOrder order : ORDERS) {
      for (int photometric = 0; photometric <= 1; photometric++) {
        for (int compression : new int[] {NONE, DEFLATE}) {
          Map<Integer, int[]> fields = fields(photometric, 1, bits, 1);
          fields.put(TestTiff.COMPRESSION, new int[] {compression});
          fields.put(TestTiff.ROWS_PER_STRIP, new int[] {3});
          byte[][] strips = {
            TestTiff.samples(order, bits, WIDTH, Arrays.copyOf(values, 3 * WIDTH)),
            TestTiff.samples(order, bits, WIDTH, Arrays.copyOfRange(values, 3 * WIDTH, PIXELS))
          };
          if (compression == DEFLATE) {
            strips = new byte[][] {TestPng.deflate(strips[0]), TestPng.deflate(strips[1])};
          }
          Picture picture = Reading.read(tiff(order, fields, strips));
          int[] seen = Reading.argb(picture);
          for (int i = 0; i < PIXELS; i++) {
            int v = level(values[i], bits);
            int expected = Reading.grey(photometric == 0 ? 255 - v : v);
            // With an inverted scale, a tie may round the other way.
            if (photometric == 1 || bits <= 8) {
              assertEquals(expected, seen[i], order + " " + photometric + " " + i);
            } else {
              assertEquals(expected & 0xFF, seen[i] & 0xFF, 1);
            }
          }
          assertEquals(bits > 8, picture.reduction() != null, String.valueOf(picture.reduction()));
          assertEquals(bits <= 4, picture.indexed() != null);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 10, 12, 14, 16, 32})
  void colorsOfEveryDepth(int bits) throws IOException {
    long[] values = random(3 * PIXELS, bits);
    int[] expected = new int[PIXELS];
    for (int i = 0; i < 3 * PIXELS; i++) {
      expected[i / 3] |= 0xFF000000 | level(values[i], bits) << 16 - 8 * (i % 3);
    }
    for (ByteOrder order : ORDERS) {
      byte[] interleaved =
          tiff(order, fields(RGB, 3, bits, 1), TestTiff.samples(order, bits, 3 * WIDTH, values));
      assertArrayEquals(expected, Reading.argb(interleaved), order.toString());
      if (bits % 8 != 0) {
        continue;
      }
      Map<Integer, int[]> planar = fields(RGB, 3, bits, 1);
      planar.put(TestTiff.PLANAR, new int[] {2});
      byte[][] planes = new byte[3][];
      for (int c = 0; c < 3; c++) {
        int band = c;
        long[] plane = IntStream.range(0, PIXELS).mapToLong(i -> values[3 * i + band]).toArray();
        planes[c] = TestTiff.samples(order, bits, WIDTH, plane);
      }
      assertArrayEquals(expected, Reading.argb(tiff(order, planar, planes)), order.toString());
      Map<Integer, int[]> predicted = fields(RGB, 3, bits, 1);
      predicted.put(TestTiff.COMPRESSION, new int[] {DEFLATE});
      predicted.put(TestTiff.PREDICTOR, new int[] {2});
      long mask = (1L << bits) - 1;
      long[] differences = new long[values.length];
      for (int i = 0; i < values.length; i++) {
        differences[i] = i % (3 * WIDTH) < 3 ? values[i] : values[i] - values[i - 3] & mask;
      }
      byte[] strip = TestPng.deflate(TestTiff.samples(order, bits, 3 * WIDTH, differences));
      assertArrayEquals(expected, Reading.argb(tiff(order, predicted, strip)), order.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"8,1", "8,2", "16,1", "16,2", "32,1", "32,2"})
  void alphaIsKeptAndDividedOutWhereItIsMultipliedIn(int bits, int kind) throws IOException {
    long max = (1L << bits) - 1;
    Random random = new Random(bits);
    for (int colors : new int[] {1, 3}) {
      long[] values = new long[PIXELS * (colors + 1)];
      int[] expected = new int[PIXELS];
      for (int i = 0; i < PIXELS; i++) {
        double alpha = i == 0 ? 0 : random.nextInt(1, 256) / 255.0;
        int argb = (int) Math.round(alpha * 255);
        for (int c = 0; c < colors; c++) {
          double color = random.nextInt(256) / 255.0;
          values[i * (colors + 1) + c] = Math.round(color * (kind == 1 ? alpha : 1) * max);
          argb = argb << 8 | (int) Math.round(color * 255);
        }
        values[i * (colors + 1) + colors] = Math.round(alpha * max);
        expected[i] = colors == 3 ? argb : argb >>> 8 << 24 | (argb & 0xFF) * 0x010101;
      }
      Map<Integer, int[]> fields = fields(colors == 3 ? RGB : GREY, colors + 1, bits, 1);
      fields.put(TestTiff.EXTRA_SAMPLES, new int[] {kind});
      for (ByteOrder order : ORDERS) {
        byte[] strip = TestTiff.samples(order, bits, WIDTH * (colors + 1), values);
        int[] seen = Reading.argb(tiff(order, fields, strip));
        for (int i = 0; i < PIXELS; i++) {
          assertEquals(expected[i] >>> 24, seen[i] >>> 24);
          // At 8 bits, a premultiplied colour of low alpha has few significant bits.
          int alpha = Math.max(1, expected[i] >>> 24);
          double tolerance = kind == 1 && bits == 8 ? 1 + 128.0 / alpha : kind == 1 ? 1 : 0;
          for (int shift = 0; shift < 24 && expected[i] >>> 24 != 0; shift += 8) {
            assertEquals(expected[i] >>> shift & 0xFF, seen[i] >>> shift & 0xFF, tolerance);
          }
        }
      }
    }
  }

  @Test
  void unspecifiedExtraSamplesAreNoAlpha() throws IOException {
    Map<Integer, int[]> fields = fields(GREY, 2, 8, 1);
    fields.put(TestTiff.EXTRA_SAMPLES, new int[] {0});
    long[] values = random(2 * PIXELS, 8);
    byte[] strip = TestTiff.samples(ORDERS[0], 8, 2 * WIDTH, values);
    Picture picture = Reading.read(tiff(ORDERS[0], fields, strip));
    assertEquals(Reading.grey((int) values[4]), Reading.argb(picture)[2]);
    assertEquals(List.of("extra samples are not kept"), picture.warnings());
  }

  /** The bits of a number between 0 and 1 as a floating-point number of 16, 32 or 64 bits. */
  private static long floating(double value, int bits) {
    if (bits == 64) {
      return Double.doubleToLongBits(value);
    }
    int single = Float.floatToIntBits((float) value);
    if (bits == 32) {
      return single & 0xFFFFFFFFL;
    }
    int exponent = (single >>> 23) - 127 + 15;
    return value == 0 ? 0 : (long) exponent << 10 | single >>> 13 & 0x3FF;
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void floatingPointSamples(int bits) throws IOException {
    for (ByteOrder order : ORDERS) {
      long[] values = new long[PIXELS];
      int[] expected = new int[PIXELS];
      for (int i = 0; i < PIXELS; i++) {
        double value = (float) i / (PIXELS - 1);
        values[i] = floating(value, bits);
        expected[i] = (int) Math.floor(value * 255 + 0.5);
      }
      for (int photometric = 0; photometric <= 1; photometric++) {
        byte[] strip = TestTiff.samples(order, bits, WIDTH, values);
        Picture picture = Reading.read(tiff(order, fields(photometric, 1, bits, 3), strip));
        int[] seen = Reading.argb(picture);
        for (int i = 0; i < PIXELS; i++) {
          int level = photometric == 0 ? 255 - expected[i] : expected[i];
          assertEquals(level, seen[i] & 0xFF, bits == 16 || photometric == 0 ? 1 : 0);
        }
        assertEquals(
            "rounding of floating-point %d-bit samples to 8 bits".formatted(bits),
            picture.reduction());
      }
      long[] rgb = new long[3 * PIXELS];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = i % 3 == 0 ? values[i / 3] : i % 3 == 1 ? 0 : floating(1, bits);
      }
      byte[] strip = TestTiff.samples(order, bits, 3 * WIDTH, rgb);
      int[] seen = Reading.argb(tiff(order, fields(RGB, 3, bits, 3), strip));
      assertEquals(0xFF0000FF | expected[20] << 16, seen[20], bits == 16 ? 0x10000 : 0);
    }
  }

  @Test
  void samplesBeyondTheRangeAreClippedWithAWarning() throws IOException {
    long[] values = new long[PIXELS];
    values[0] = floating(255, 32);
    values[1] = Float.floatToIntBits(-3f) & 0xFFFFFFFFL;
    values[2] = Float.floatToIntBits(Float.NaN) & 0xFFFFFFFFL;
    values[3] = floating(1 / 7.0, 32);
    byte[] strip = TestTiff.samples(ORDERS[0], 32, WIDTH, values);
    Picture picture = Reading.read(tiff(ORDERS[0], fields(GREY, 1, 32, 3), strip));
    int[] seen = Reading.argb(picture);
    assertEquals(0xFFFFFFFF, seen[0]);
    assertEquals(0xFF000000, seen[1]);
    assertEquals(0xFF000000, seen[2]);
    assertEquals(Reading.grey(36), seen[3]);
    assertEquals(1, picture.warnings().size());
    assertTrue(Objects.requireNonNull(picture.reduction()).contains("clipping"));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void inksTakeLightAway(int bits) throws IOException {
    long max = (1L << bits) - 1;
    double[][] inks = {
      {0, 0, 0, 0},
      {1, 0, 0, 0},
      {0, .2, .4, 0},
      {0, 0, 0, .8},
      {.1, .2, .3, 1},
      {1, 1, 0, 0},
      {.2, 0, 0, .2}
    };
    int[] expected = {0xFFFFFF, 0x00FFFF, 0xFFCC99, 0x333333, 0, 0x0000FF, 0xA3CCCC};
    long[] values = new long[4 * PIXELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(inks[i / 4 % WIDTH][i % 4] * max);
    }
    for (ByteOrder order : ORDERS) {
      byte[] strip = TestTiff.samples(order, bits, 4 * WIDTH, values);
      Picture picture = Reading.read(tiff(order, fields(5, 4, bits, 1), strip));
      int[] seen = Reading.argb(picture);
      for (int i = 0; i < PIXELS; i++) {
        assertEquals(0xFF000000 | expected[i % WIDTH], seen[i], order + " " + i);
      }
      assertTrue(String.valueOf(picture.reduction()).contains("CMYK"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void labIsConverted(int bits) throws IOException {
    // L*a*b* of sRGB's corners relative to D50, after Bradford adaptation (Lindbloom's calculator).
    double[][] lab = {
      {0, 0, 0},
      {100, 0, 0},
      {54.29, 80.81, 69.89},
      {87.82, -79.29, 80.99},
      {29.57, 68.30, -112.03},
      {53.59, 0, 0},
      {90.67, -50.66, -14.96}
    };
    int[] expected = {0, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0x808080, 0x00FFFF};
    long[] values = new long[3 * PIXELS];
    for (int i = 0; i < values.length; i++) {
      double v = lab[i / 3 % WIDTH][i % 3];
      double full = bits == 8 ? 255 : 65535;
      long stored = Math.round(i % 3 == 0 ? v * full / 100 : v * (bits == 8 ? 1 : 256));
      values[i] = stored & (1L << bits) - 1;
    }
    for (ByteOrder order : ORDERS) {
      byte[] strip = TestTiff.samples(order, bits, 3 * WIDTH, values);
      Picture picture = Reading.read(tiff(order, fields(8, 3, bits, 1), strip));
      int[] seen = Reading.argb(picture);
      for (int i = 0; i < PIXELS; i++) {
        for (int shift = 0; shift < 24; shift += 8) {
          // 8 bits have steps of one in a* and b*; near black, a step is several levels.
          assertEquals(
              expected[i % WIDTH] >>> shift & 0xFF,
              seen[i] >>> shift & 0xFF,
              bits == 8 ? 12 : 4,
              order + " " + i);
        }
      }
      assertEquals("conversion from CIELab", picture.reduction());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void palettesKeepTheirOrder(int bits) throws IOException {
    int entries = 1 << bits;
    long[] values = random(PIXELS, bits);
    for (int scale : new int[] {1, 256, 257}) {
      int[] map = new int[3 * entries];
      for (int i = 0; i < map.length; i++) {
        map[i] = (i * 37 & 0xFF) * scale;
      }
      Map<Integer, int[]> fields = fields(3, 1, bits, 1);
      fields.put(TestTiff.COLOR_MAP, map);
      byte[] strip = TestTiff.samples(ORDERS[0], bits, WIDTH, values);
      Picture picture = Reading.read(tiff(ORDERS[0], fields, strip));
      int[] seen = Reading.argb(picture);
      assertEquals(entries, Objects.requireNonNull(picture.indexed()).palette().size());
      for (int i = 0; i < PIXELS; i++) {
        int at = (int) values[i];
        int expected = 0xFF;
        for (int c = 0; c < 3; c++) {
          expected = expected << 8 | map[c * entries + at] / scale;
        }
        assertEquals(expected, seen[i], bits + " bits, " + scale);
      }
      assertNull(picture.reduction());
    }
  }

  @Test
  void alphaBesidePaletteIndices() throws IOException {
    int[] map = new int[768];
    Arrays.setAll(map, i -> i % 256 * 257);
    Map<Integer, int[]> fields = fields(3, 2, 8, 1);
    fields.put(TestTiff.COLOR_MAP, map);
    fields.put(TestTiff.EXTRA_SAMPLES, new int[] {2});
    long[] values = random(2 * PIXELS, 8);
    byte[] strip = TestTiff.samples(ORDERS[0], 8, 2 * WIDTH, values);
    int[] seen = Reading.argb(tiff(ORDERS[0], fields, strip));
    for (int i = 0; i < PIXELS; i++) {
      if (values[2 * i + 1] > 0) {
        assertEquals((int) values[2 * i + 1] << 24 | (int) values[2 * i] * 0x010101, seen[i]);
      }
    }
  }

  @Test
  void whatHasNotBeenShownToBeRightIsNotSupported() {
    assertRefused("signed 16-bit samples in grey", fields(GREY, 1, 16, 2));
    assertRefused("signed 8-bit samples in grey", fields(GREY, 1, 8, 2));
    assertRefused("24-bit samples in grey", fields(GREY, 1, 24, 1));
    assertRefused("64-bit samples in grey", fields(GREY, 1, 64, 1));
    assertRefused("4-bit samples in RGB", fields(RGB, 3, 4, 1));
    assertRefused("complex 64-bit samples in grey", fields(GREY, 1, 64, 6));
    assertRefused("32-bit samples in CMYK", fields(5, 4, 32, 1));
    assertRefused("ICCLab", fields(9, 3, 8, 1));
    assertRefused("LogLuv", fields(32845, 3, 16, 1));
    assertRefused("a colour filter array", fields(32803, 1, 16, 1));
    assertRefused("5-bit", fields(GREY, 1, 5, 1));
    assertRefused("6-bit", fields(GREY, 1, 6, 1));
    assertRefused("photometric interpretation 77", fields(77, 3, 8, 1));
    Map<Integer, int[]> mixed = fields(RGB, 3, 8, 1);
    mixed.put(TestTiff.BITS, new int[] {5, 6, 5});
    assertRefused("samples of different kinds", mixed);
    Map<Integer, int[]> inks = fields(5, 4, 8, 1);
    inks.put(TestTiff.INK_SET, new int[] {2});
    assertRefused("inks other than CMYK", inks);
    Map<Integer, int[]> palette = fields(3, 2, 1, 1);
    palette.put(TestTiff.EXTRA_SAMPLES, new int[] {2});
    palette.put(TestTiff.COLOR_MAP, new int[6]);
    assertRefused("1-bit palette colour and alpha", palette);
    for (Map.Entry<Integer, String> compression :
        Map.of(
                34925,
                "LZMA",
                50000,
                "Zstandard",
                50001,
                "WebP",
                34712,
                "JPEG 2000",
                6,
                "old-style JPEG",
                12345,
                "method 12345")
            .entrySet()) {
      Map<Integer, int[]> fields = fields(RGB, 3, 8, 1);
      fields.put(TestTiff.COMPRESSION, new int[] {compression.getKey()});
      assertRefused(compression.getValue(), fields);
    }
  }

  private static void assertRefused(String what, Map<Integer, int[]> fields) {
    String message = Reading.refusal(tiff(ORDERS[0], fields, new byte[4096]));
    assertTrue(message.startsWith("not supported: a TIFF "), message);
    assertTrue(message.contains(what), message);
  }

  private static Map<Integer, int[]> withType(int type) {
    Map<Integer, int[]> fields = fields(GREY, 1, 8, 1);
    fields.put(TestTiff.NEW_SUBFILE_TYPE, new int[] {type});
    return fields;
  }

  @Test
  void pagesBeyondTheFirstAreAnnounced() throws IOException {
    byte[] dark = new byte[PIXELS];
    byte[] light = new byte[PIXELS];
    Arrays.fill(light, (byte) 200);
    TestTiff tiff = new TestTiff(ORDERS[1]).page(withType(0), light);
    assertEquals(List.of(), Reading.read(tiff.bytes()).warnings());
    tiff.page(withType(1), dark).page(withType(4), dark);
    assertEquals(List.of(), Reading.read(tiff.bytes()).warnings());
    tiff.page(withType(2), dark).page(withType(0), dark);
    Picture picture = Reading.read(tiff.bytes());
    assertEquals(
        List.of("only the first of 3 pages is kept; use encode --all-frames to write all"),
        picture.warnings());
    assertEquals(Reading.grey(200), Reading.argb(picture)[0]);
    // A thumbnail precedes the image.
    byte[] thumbnailFirst =
        new TestTiff(ORDERS[0]).page(withType(1), dark).page(withType(0), light).bytes();
    picture = Reading.read(thumbnailFirst);
    assertEquals(Reading.grey(200), Reading.argb(picture)[0]);
    assertEquals(List.of(), picture.warnings());
  }

  @Test
  void noPageOfATruncatedFileIsLost() throws IOException {
    for (ByteOrder order : ORDERS) {
      byte[] page = new byte[PIXELS];
      byte[] whole = new TestTiff(order).page(withType(0), page).page(withType(0), page).bytes();
      assertEquals(2, DamagedAnimationTest.read(whole).screens.size());
      int missing = 0;
      for (int n = 8; n < whole.length; n++) {
        DamagedAnimationTest.Outcome found = DamagedAnimationTest.read(Arrays.copyOf(whole, n));
        assertTrue(found.screens.size() == 2 || !found.failures.isEmpty(), "cut after " + n);
        missing += String.join("", found.failures).contains("is incomplete") ? 1 : 0;
      }
      assertTrue(missing > 0);
      // The first directory names a second one that is not there.
      byte[] first = new TestTiff(order).page(withType(0), page).bytes();
      int next = ByteBuffer.wrap(first).order(order).getInt(4);
      next += 2 + 12 * ByteBuffer.wrap(first).order(order).getShort(next);
      ByteBuffer.wrap(first).order(order).putInt(next, 1 << 20);
      assertEquals(
          List.of("damaged image: the directory at offset 1048576 is incomplete"),
          DamagedAnimationTest.read(first).failures);
      assertEquals(
          List.of(
              "the file is damaged after page 1 (the directory at offset 1048576 is incomplete)"),
          Reading.read(first).warnings());
    }
  }

  @Test
  void orientationIsApplied() throws IOException {
    Map<Integer, int[]> fields = fields(GREY, 1, 8, 1);
    fields.put(TestTiff.ORIENTATION, new int[] {6});
    byte[] strip = new byte[PIXELS];
    strip[0] = 100;
    Picture picture = Reading.read(tiff(ORDERS[0], fields, strip));
    assertEquals(HEIGHT, picture.width());
    assertEquals(WIDTH, picture.height());
    assertEquals(Reading.grey(100), Reading.argb(picture)[HEIGHT - 1]);
  }

  @Test
  void damageIsDistinguishedFromWhatIsNotSupported() {
    Map<Integer, int[]> fields = fields(GREY, 1, 8, 1);
    byte[] whole = tiff(ORDERS[0], fields, new byte[PIXELS]);
    for (int n = 8; n < whole.length - 8; n++) {
      String message = Reading.refusal(Arrays.copyOf(whole, n));
      assertTrue(message.startsWith("damaged image: "), n + ": " + message);
      assertFalse(message.contains("java.") || message.contains("null"), message);
    }
    fields.put(TestTiff.WIDTH, new int[] {0});
    assertTrue(Reading.refusal(tiff(ORDERS[0], fields, new byte[PIXELS])).startsWith("damaged"));
  }
}
