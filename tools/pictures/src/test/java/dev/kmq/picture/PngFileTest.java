package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.picture.TestPng.Chunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngFileTest {
  private static final int[] CHANNELS = {1, 0, 3, 1, 2, 0, 4};

  private static Chunk header(int width, int height, int depth, int type, boolean interlaced) {
    ByteBuffer data = ByteBuffer.allocate(13).putInt(width).putInt(height);
    data.put((byte) depth).put((byte) type).put((byte) 0).put((byte) 0);
    return new Chunk("IHDR", data.put((byte) (interlaced ? 1 : 0)).array());
  }

  /** IDAT of samples, unfiltered; every {@code stepX}th pixel of every {@code stepY}th row. */
  private static void rows(
      ByteArrayOutputStream out,
      int width,
      int height,
      int depth,
      int channels,
      int[] samples,
      int startX,
      int startY,
      int stepX,
      int stepY) {
    if (startX >= width) {
      return;
    }
    for (int y = startY; y < height; y += stepY) {
      out.write(0);
      long bits = 0;
      int count = 0;
      for (int x = startX; x < width; x += stepX) {
        for (int c = 0; c < channels; c++) {
          bits = bits << depth | samples[(y * width + x) * channels + c];
          count += depth;
          while (count >= 8) {
            count -= 8;
            out.write((int) (bits >>> count));
          }
        }
      }
      if (count > 0) {
        out.write((int) (bits << 8 - count));
      }
    }
  }

  private static byte[] png(
      int width,
      int height,
      int depth,
      int type,
      boolean interlaced,
      int[] samples,
      Chunk... before) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    int[][] passes = {
      {0, 0, 8, 8},
      {4, 0, 8, 8},
      {0, 4, 4, 8},
      {2, 0, 4, 4},
      {0, 2, 2, 4},
      {1, 0, 2, 2},
      {0, 1, 1, 2}
    };
    for (int[] p : interlaced ? passes : new int[][] {{0, 0, 1, 1}}) {
      rows(raw, width, height, depth, CHANNELS[type], samples, p[0], p[1], p[2], p[3]);
    }
    List<Chunk> chunks = new ArrayList<>();
    chunks.add(header(width, height, depth, type, interlaced));
    chunks.addAll(Arrays.asList(before));
    chunks.add(new Chunk("IDAT", TestPng.deflate(raw.toByteArray())));
    chunks.add(new Chunk("IEND", new byte[0]));
    return TestPng.of(chunks.toArray(Chunk[]::new));
  }

  private static Chunk words(String type, int... words) {
    ByteBuffer data = ByteBuffer.allocate(2 * words.length);
    for (int word : words) {
      data.putShort((short) word);
    }
    return new Chunk(type, data.array());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void greyWithATransparentLevel(int depth) throws IOException {
    int max = (1 << depth) - 1;
    int[] samples = new int[16];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i * max / 15;
    }
    for (int key : new int[] {0, max, samples[7]}) {
      int[] seen = Reading.argb(png(8, 2, depth, 0, false, samples, words("tRNS", key)));
      for (int i = 0; i < samples.length; i++) {
        if (samples[i] == key) {
          assertEquals(0, seen[i] >>> 24, depth + " bits, key " + key);
        } else {
          assertEquals(Reading.grey((samples[i] * 255 + max / 2) / max), seen[i]);
        }
      }
    }
    int[] opaque = Reading.argb(png(8, 2, depth, 0, false, samples));
    assertTrue(Arrays.stream(opaque).allMatch(p -> p >>> 24 == 255));
  }

  @Test
  void greysOfFewBitsStayIndexed() throws IOException {
    Picture picture =
        Reading.read(png(4, 1, 2, 0, false, new int[] {0, 1, 2, 3}, words("tRNS", 3)));
    int[] palette = Objects.requireNonNull(picture.indexed()).palette().toArgb();
    assertArrayEquals(new int[] {0xFF000000, 0xFF555555, 0xFFAAAAAA, 0x00FFFFFF}, palette);
  }

  @Test
  void transparentColorIsComparedInAllItsBits() throws IOException {
    int[] samples = {65535, 65535, 65535, 65535, 65535, 65534, 0, 257, 514};
    int[] seen = Reading.argb(png(3, 1, 16, 2, false, samples, words("tRNS", 65535, 65535, 65535)));
    assertEquals(0, seen[0] >>> 24);
    assertEquals(0xFFFFFFFF, seen[1]);
    assertEquals(0xFF000102, seen[2]);
    int[] bytes = {1, 2, 3, 1, 2, 4};
    seen = Reading.argb(png(2, 1, 8, 2, false, bytes, words("tRNS", 1, 2, 3)));
    assertEquals(0, seen[0] >>> 24);
    assertEquals(0xFF010204, seen[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "0,1", "0,2", "0,4", "0,8", "0,16", "2,8", "2,16", "3,1", "3,2", "3,4", "3,8", "4,8", "4,16",
    "6,8", "6,16"
  })
  void everyKindIsReadInEverySmallSize(int type, int depth) throws IOException {
    Random random = new Random(100L * type + depth);
    int max = (1 << depth) - 1;
    byte[] colors = new byte[3 * Math.min(256, max + 1)];
    random.nextBytes(colors);
    Chunk[] before = type == 3 ? new Chunk[] {new Chunk("PLTE", colors)} : new Chunk[0];
    int channels = CHANNELS[type];
    for (int size = 0; size < 72; size++) {
      int width = 1 + size % 9;
      int height = 1 + size / 9;
      int count = width * height * channels;
      int[] samples = random.ints(count, 0, max + 1).toArray();
      int[] expected = new int[width * height];
      for (int i = 0; i < expected.length; i++) {
        int at = i * channels;
        int[] v = new int[channels];
        for (int c = 0; c < channels; c++) {
          v[c] = (samples[at + c] * 255 + max / 2) / max;
        }
        int alpha = type >= 4 ? v[channels - 1] : 255;
        expected[i] =
            type == 3
                ? 0xFF000000
                    | (colors[3 * samples[i]] & 0xFF) << 16
                    | (colors[3 * samples[i] + 1] & 0xFF) << 8
                    | colors[3 * samples[i] + 2] & 0xFF
                : alpha << 24 | v[0] << 16 | v[channels > 2 ? 1 : 0] << 8 | v[channels > 2 ? 2 : 0];
      }
      for (boolean interlaced : new boolean[] {false, true}) {
        byte[] file = png(width, height, depth, type, interlaced, samples, before);
        assertArrayEquals(expected, Reading.argb(file), width + "x" + height + " " + interlaced);
      }
    }
  }

  private static byte[] withDamage(byte[] png, String chunk, int offset) {
    byte[] damaged = png.clone();
    int at = new String(png, StandardCharsets.ISO_8859_1).indexOf(chunk) + 4 + offset;
    damaged[at] ^= 0x40;
    return damaged;
  }

  @Test
  void damageOfCriticalChunksIsRefused() {
    byte[] file =
        png(
            4,
            1,
            8,
            3,
            false,
            new int[] {0, 1, 1, 0},
            TestPng.ofBytes("PLTE", 1, 2, 3, 250, 251, 252));
    assertEquals(
        "damaged image: the checksum of its PLTE chunk is wrong",
        Reading.refusal(withDamage(file, "PLTE", 0)));
    assertEquals(
        "damaged image: the checksum of its PLTE chunk is wrong",
        Reading.refusal(withDamage(file, "PLTE", 6)));
    assertTrue(Reading.refusal(withDamage(file, "IDAT", 4)).contains("checksum of its IDAT"));
    assertTrue(Reading.refusal(withDamage(file, "IHDR", 15)).contains("checksum of its IHDR"));
  }

  @Test
  void damagedOrMisplacedTransparencyIsIgnoredWithAWarning() throws IOException {
    int[] samples = {0, 1, 1, 0};
    Chunk palette = TestPng.ofBytes("PLTE", 1, 2, 3, 250, 251, 252);
    Chunk alpha = TestPng.ofBytes("tRNS", 0);
    byte[] file = png(4, 1, 8, 3, false, samples, palette, alpha);
    assertEquals(0, Reading.argb(file)[0] >>> 24);
    assertEquals(List.of(), Reading.read(file).warnings());
    byte[][] wrong = {
      withDamage(file, "tRNS", 0),
      png(4, 1, 8, 3, false, samples, alpha, palette),
      png(4, 1, 8, 3, false, samples, palette, TestPng.ofBytes("tRNS", 0, 0, 0)),
      png(4, 1, 8, 0, false, samples, TestPng.ofBytes("tRNS", 0)),
    };
    for (byte[] one : wrong) {
      Picture picture = Reading.read(one);
      assertEquals(255, Reading.argb(picture)[0] >>> 24);
      assertEquals(1, picture.warnings().size(), picture.warnings().toString());
      assertTrue(picture.warnings().get(0).contains("tRNS chunk"));
    }
  }

  @Test
  void indexWithoutAnEntryIsBlackAndWarnedOf() throws IOException {
    int[] samples = {0, 1, 5, 9};
    Picture picture =
        Reading.read(
            png(4, 1, 8, 3, false, samples, TestPng.ofBytes("PLTE", 1, 2, 3, 250, 251, 252)));
    assertArrayEquals(
        new int[] {0xFF010203, 0xFFFAFBFC, 0xFF000000, 0xFF000000}, Reading.argb(picture));
    assertEquals(
        List.of("2 pixels have an index without an entry in the palette and are black"),
        picture.warnings());
  }

  @Test
  void framesBeyondTheFirstAreAnnounced() throws IOException {
    int[] pixels = {0, 0, 0, 0};
    Object[] frames = {0, 0, 0, pixels, 0, 0, 0, pixels, 0, 0, 0, pixels};
    assertEquals(
        List.of("only the first of 3 frames is kept; use encode --all-frames to write all"),
        Reading.read(AnimationTest.png(true, frames)).warnings());
    assertEquals(
        List.of(
            "only the still image is kept, not the animation of 3 frames;"
                + " use encode --all-frames to write the animation"),
        Reading.read(AnimationTest.png(false, frames)).warnings());
    assertEquals(
        List.of(
            "only the still image is kept, not the animation of 1 frame;"
                + " use encode --all-frames to write the animation"),
        Reading.read(AnimationTest.png(false, 0, 0, 0, pixels)).warnings());
    assertEquals(List.of(), Reading.read(AnimationTest.png(true, 0, 0, 0, pixels)).warnings());
  }

  @Test
  void sixteenBitsAreAReductionOnlyWhereTheyAreUsed() throws IOException {
    assertNull(Reading.read(png(2, 1, 16, 0, false, new int[] {257, 65535})).reduction());
    assertNull(Reading.read(png(2, 1, 8, 0, false, new int[] {1, 2})).reduction());
    assertNotNull(Reading.read(png(2, 1, 16, 0, false, new int[] {257, 258})).reduction());
  }

  @Test
  void unknownCriticalChunksAreNotSupported() {
    String message =
        Reading.refusal(
            png(2, 1, 8, 0, false, new int[] {0, 1}, TestPng.ofBytes("CgBI", 0, 0, 0, 0)));
    assertTrue(message.startsWith("not supported: PNG with the critical chunk CgBI"), message);
  }

  @Test
  void pixelsCountWithoutAnEndOfTheFile() throws IOException {
    byte[] file = png(2, 1, 8, 0, false, new int[] {0, 255});
    Picture picture = Reading.read(Arrays.copyOf(file, file.length - 12));
    assertArrayEquals(new int[] {0xFF000000, 0xFFFFFFFF}, Reading.argb(picture));
    assertEquals(1, picture.warnings().size());
  }

  /** Deflated zeros, a thousandth of their inflated size. */
  private static byte[] compressedZeros(String preamble, long size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(preamble.getBytes(StandardCharsets.ISO_8859_1));
    Deflater best = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, best)) {
      byte[] zeros = new byte[1 << 16];
      for (long left = size; left > 0; left -= zeros.length) {
        deflater.write(zeros);
      }
    } finally {
      best.end();
    }
    return out.toByteArray();
  }

  @Test
  void inflatedMetadataIsBounded() throws IOException {
    Chunk large = new Chunk("zTXt", compressedZeros("Comment\0\0", 1L << 30));
    Chunk international = new Chunk("iTXt", compressedZeros("Title\0\1\0\0\0", 1L << 28));
    Chunk profile = new Chunk("iCCP", compressedZeros("x\0\0", 1L << 28));
    Chunk good = new Chunk("tEXt", "Author\0me".getBytes(StandardCharsets.ISO_8859_1));
    byte[] file = png(2, 1, 8, 0, false, new int[] {0, 1}, large, international, profile, good);
    assertTrue(Reading.read(file).chunks().isEmpty());
    Picture all = Reading.read(file, MetadataPolicy.ALL);
    assertEquals(1, all.chunks().size());
    for (String type : List.of("zTXt", "iTXt", "iCCP")) {
      assertTrue(
          all.warnings().stream().anyMatch(w -> w.startsWith(type + " is dropped")),
          all.warnings().toString());
    }
  }

  @Test
  void manyTextsAreBoundedTogether() throws IOException {
    Chunk[] many = new Chunk[64];
    Arrays.fill(many, new Chunk("zTXt", compressedZeros("Comment\0\0", 1 << 20)));
    Picture all = Reading.read(png(2, 1, 8, 0, false, new int[] {0, 1}, many), MetadataPolicy.ALL);
    assertTrue(all.chunks().size() < 16, "kept " + all.chunks().size());
    assertEquals(1, all.warnings().size());
  }
}
