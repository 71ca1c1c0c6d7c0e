package dev.kmq.web.png;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Chunk;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.picture.Picture;
import dev.kmq.picture.TestPng;
import dev.kmq.web.Command;
import dev.kmq.web.EngineException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG files become what the command makes of them. */
class PngImageTest {
  private static final int MOST = 1 << 20;
  private static final int[] CHANNELS = {1, 0, 3, 1, 2, 0, 4};
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  /**
   * A kind of PNG.
   *
   * @param type of colour, as in IHDR
   */
  record Kind(int type, int depth, boolean interlaced) {}

  static Stream<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (boolean interlaced : new boolean[] {false, true}) {
      for (int depth : new int[] {1, 2, 4, 8, 16}) {
        kinds.add(new Kind(0, depth, interlaced));
        if (depth <= 8) {
          kinds.add(new Kind(3, depth, interlaced));
        }
        for (int type : depth >= 8 ? new int[] {2, 4, 6} : new int[0]) {
          kinds.add(new Kind(type, depth, interlaced));
        }
      }
    }
    return kinds.stream();
  }

  private static byte[] png(
      Kind kind, int width, int height, int[] samples, TestPng.Chunk... more) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int[] p : kind.interlaced ? PASSES : new int[][] {{0, 0, 1, 1}}) {
      rows(rows, kind, width, height, samples, p);
    }
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) kind.depth).put((byte) kind.type).put(12, (byte) (kind.interlaced ? 1 : 0));
    List<TestPng.Chunk> chunks = new ArrayList<>();
    chunks.add(new TestPng.Chunk("IHDR", header.array()));
    chunks.addAll(List.of(more));
    byte[] data = TestPng.deflate(rows.toByteArray());
    chunks.add(new TestPng.Chunk("IDAT", Arrays.copyOf(data, 5)));
    chunks.add(new TestPng.Chunk("IDAT", Arrays.copyOfRange(data, 5, data.length)));
    chunks.add(new TestPng.Chunk("IEND", new byte[0]));
    return TestPng.of(chunks.toArray(TestPng.Chunk[]::new));
  }

  /** The rows of a pass; the filters take turns, and what is left of the samples is any bytes. */
  private static void rows(
      ByteArrayOutputStream out, Kind kind, int width, int height, int[] samples, int[] pass) {
    int channels = CHANNELS[kind.type];
    int step = Math.max(1, kind.depth * channels / 8);
    byte[] above = null;
    for (int y = pass[1]; y < height && pass[0] < width; y += pass[3]) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      long bits = 0;
      int count = 0;
      for (int x = pass[0]; x < width; x += pass[2]) {
        for (int c = 0; c < channels; c++) {
          bits = bits << kind.depth | samples[(y * width + x) * channels + c];
          for (count += kind.depth; count >= 8; ) {
            count -= 8;
            packed.write((int) (bits >>> count));
          }
        }
      }
      if (count > 0) {
        packed.write((int) (bits << 8 - count));
      }
      byte[] row = packed.toByteArray();
      byte[] up = above == null ? new byte[row.length] : above;
      int filter = y % 5;
      out.write(filter);
      for (int i = 0; i < row.length; i++) {
        int left = i < step ? 0 : row[i - step] & 0xFF;
        int corner = i < step ? 0 : up[i - step] & 0xFF;
        int guess = left + (up[i] & 0xFF) - corner;
        int[] near = {left, up[i] & 0xFF, corner};
        int paeth = near[0];
        for (int other : near) {
          paeth = Math.abs(guess - other) < Math.abs(guess - paeth) ? other : paeth;
        }
        int[] predictions = {0, left, near[1], (left + near[1]) / 2, paeth};
        out.write(row[i] - predictions[filter]);
      }
      above = row;
    }
  }

  private static int[] samples(Kind kind, int width, int height, int colors) {
    Random random = new Random(kind.depth * 10 + kind.type);
    int[] samples = new int[width * height * CHANNELS[kind.type]];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = kind.type == 3 ? random.nextInt(colors) : random.nextInt(1 << kind.depth);
    }
    return samples;
  }

  private static TestPng.Chunk palette(int colors) {
    byte[] data = new byte[3 * colors];
    new Random(colors).nextBytes(data);
    return new TestPng.Chunk("PLTE", data);
  }

  private static int[] argb(PixelSource pixels) {
    int[] argb = new int[pixels.width() * pixels.height()];
    pixels.readRows(0, pixels.height(), argb);
    return argb;
  }

  private static PngImage assertSame(byte[] file) throws IOException {
    Picture expected = Command.read(file);
    PngImage actual = PngImage.of(file, MOST);
    assertEquals(expected.width(), actual.pixels().width());
    assertArrayEquals(argb(expected.pixels()), argb(actual.pixels()));
    IndexSource palette = expected.indexed();
    IndexedImage indexed = actual.indexed();
    assertEquals(palette == null, indexed == null);
    if (palette != null && indexed != null) {
      assertEquals(palette.palette(), indexed.palette());
    }
    IccProfile profile = actual.profile();
    assertEquals(
        expected.chunks(), profile == null ? List.of() : List.of(Chunk.iccProfile(profile.data())));
    return actual;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void pixelsAreTheCommands(Kind kind) throws IOException {
    int colors = Math.min(1 << kind.depth, 200);
    for (int width : new int[] {1, 3, 13}) {
      int[] samples = samples(kind, width, 11, colors);
      if (kind.type == 3) {
        assertSame(png(kind, width, 11, samples, palette(colors)));
        TestPng.Chunk alpha = TestPng.ofBytes("tRNS", 0, 255);
        assertSame(png(kind, width, 11, samples, palette(colors), alpha));
        if (colors > 2) {
          assertSame(png(kind, width, 11, samples, palette(colors - 1)));
        }
        continue;
      }
      assertSame(png(kind, width, 11, samples));
      byte[] key = new byte[2 * CHANNELS[kind.type]];
      for (int i = 0; i < key.length; i++) {
        key[i] = (byte) (samples[i / 2] >>> (i % 2 == 0 ? 8 : 0));
      }
      assertSame(png(kind, width, 11, samples, new TestPng.Chunk("tRNS", key)));
    }
  }

  private static final Kind RGB = new Kind(2, 8, false);
  private static final Kind GREY = new Kind(0, 8, false);

  private static byte[] with(Kind kind, TestPng.Chunk... chunks) {
    return png(kind, 9, 7, samples(kind, 9, 7, 0), chunks);
  }

  @ParameterizedTest
  @ValueSource(ints = {45455, 100000, 47000, 30000, 0, -1})
  void gammasAreTheCommands(int gamma) throws IOException {
    assertSame(with(RGB, TestPng.ofInts("gAMA", gamma)));
    assertSame(with(GREY, TestPng.ofInts("gAMA", gamma)));
    int[] wide = {31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000};
    assertSame(with(RGB, TestPng.ofInts("gAMA", gamma), TestPng.ofInts("cHRM", wide)));
    assertSame(with(RGB, TestPng.ofInts("gAMA", gamma), TestPng.ofBytes("sRGB", 0)));
  }

  @Test
  void codePointsAreTheCommands() throws IOException {
    for (int transfer : new int[] {1, 4, 8, 13, 16, 17, 18, 99}) {
      for (int primaries : new int[] {1, 9, 12, 77}) {
        assertSame(with(RGB, TestPng.ofBytes("cICP", primaries, transfer, 0, 1)));
      }
    }
  }

  private static TestPng.Chunk profile(byte[] icc) {
    byte[] deflated = TestPng.deflate(icc);
    byte[] data = Arrays.copyOf(new byte[] {'p', 0, 0}, 3 + deflated.length);
    System.arraycopy(deflated, 0, data, 3, deflated.length);
    return new TestPng.Chunk("iCCP", data);
  }

  private static byte[] java(int space) {
    return ICC_Profile.getInstance(space).getData();
  }

  @Test
  void profilesAreTheCommands() throws IOException {
    assertNull(assertSame(with(RGB, profile(java(ColorSpace.CS_sRGB)))).profile());
    IccProfile linear = assertSame(with(RGB, profile(java(ColorSpace.CS_LINEAR_RGB)))).profile();
    assertNotNull(linear);
    assertTrue(linear.converts() && !linear.name().isEmpty(), linear.name());
    assertSame(with(GREY, profile(java(ColorSpace.CS_LINEAR_RGB))));
    assertSame(with(RGB, profile(java(ColorSpace.CS_GRAY))));
    assertSame(with(RGB, profile(new byte[200])));
    assertSame(with(RGB, profile(Arrays.copyOf(java(ColorSpace.CS_sRGB), 140))));
    assertSame(with(RGB, new TestPng.Chunk("iCCP", new byte[] {'p', 0, 0, 1, 2, 3})));
  }

  /** The command converts with tables of 16 bits, so levels may differ by one. */
  @Test
  void greyProfilesAreApplied() throws IOException {
    byte[] file = with(GREY, profile(java(ColorSpace.CS_GRAY)));
    int[] expected = argb(Command.read(file).pixels());
    PngImage actual = PngImage.of(file, MOST);
    int[] argb = argb(actual.pixels());
    for (int i = 0; i < argb.length; i++) {
      assertEquals(expected[i] & 0xFF, argb[i] & 0xFF, 1);
      assertEquals((argb[i] & 0xFF) * 0x010101, argb[i] & 0xFFFFFF);
    }
    assertNull(actual.profile());
    assertEquals(List.of("The grey colour profile is applied and not kept."), actual.notes());
  }

  /** What the command's colour management computes from the profile, within rounding. */
  @Test
  void conversionsForDisplayAreNear() throws IOException {
    byte[] file =
        with(
            RGB,
            TestPng.ofInts("gAMA", 55555),
            TestPng.ofInts("cHRM", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000));
    PngImage image = PngImage.of(file, MOST);
    IccProfile profile = image.profile();
    assertNotNull(profile);
    int[] argb = argb(image.pixels());
    int[] expected =
        dev.kmq.imageio.IccProfile.of(profile.data())
            .toSrgb(dev.kmq.image.Palette.ofArgb(argb))
            .toArgb();
    profile.toSrgb(argb);
    for (int i = 0; i < argb.length; i++) {
      for (int shift = 0; shift < 24; shift += 8) {
        assertEquals(expected[i] >> shift & 0xFF, argb[i] >> shift & 0xFF, 2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void orientationsAreTheCommands(int orientation) throws IOException {
    byte[] exif = {
      'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0
    };
    exif[19] = (byte) orientation;
    TestPng.Chunk chunk = new TestPng.Chunk("eXIf", exif);
    assertSame(with(RGB, chunk));
    Kind indexed = new Kind(3, 4, false);
    assertSame(png(indexed, 9, 7, samples(indexed, 9, 7, 16), palette(16), chunk));
  }

  @Test
  void damageIsRefusedAsByTheCommand() throws IOException {
    byte[] file = with(RGB, TestPng.ofInts("gAMA", 45455));
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] damaged = file.clone();
      if (i % 3 == 0) {
        damaged = Arrays.copyOf(damaged, 8 + random.nextInt(damaged.length - 8));
      } else {
        damaged[8 + random.nextInt(damaged.length - 8)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] sent = damaged;
      boolean expected;
      try {
        Command.read(sent);
        expected = true;
      } catch (IOException e) {
        expected = false;
      }
      if (expected) {
        assertSame(sent);
      } else {
        assertThrows(EngineException.class, () -> PngImage.of(sent, MOST));
        refused++;
      }
    }
    assertTrue(refused > 1000, refused + " refused");
  }

  @Test
  void largeImagesAreRefusedFromTheirHeader() {
    byte[] header = TestPng.of(TestPng.header(1 << 16, 1 << 16, 8, 2));
    EngineException e = assertThrows(EngineException.class, () -> PngImage.of(header, MOST));
    assertEquals(EngineException.Kind.TOO_LARGE, e.kind());
  }
}
