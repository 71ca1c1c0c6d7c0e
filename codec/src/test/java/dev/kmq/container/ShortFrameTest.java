package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShortFrameTest {
  private static IndexedImage image(
      int width, int height, int colors, boolean alpha, Random random) {
    int[] entries = random.ints(colors).map(v -> v & 0xFF3F3F3F).toArray();
    IndexPlane plane = IndexPlane.allocate(width, height, colors);
    int run = 0;
    int index = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (run-- == 0) {
          run = random.nextInt(20);
          index = random.nextInt(colors);
        }
        plane.set(x, y, index);
      }
    }
    return new IndexedImage(alpha ? Palette.ofArgb(entries) : Palette.ofRgb(entries), plane);
  }

  private static byte[] encode(IndexedImage image, Method method) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KmqEncoder(EncodeOptions.builder().methods(method).threads(1).build()).write(image, out);
    return out.toByteArray();
  }

  private static byte[] write(IndexedImage image, Header header) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KmqWriter(out, header, List.of(), Work.onThreads(1)).write(image);
    return out.toByteArray();
  }

  @Property(tries = 200)
  void everySmallImageSurvivesARoundTrip(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 256) int colors,
      @ForAll boolean alpha,
      @ForAll Random random)
      throws IOException {
    IndexedImage image = image(width, height, colors, alpha, random);
    for (Method method : Method.values()) {
      byte[] file = encode(image, method);
      Header header = KmqReader.open(file, DecodeOptions.defaults()).header();
      assertEquals(method != Method.PACKED, header.shortFrame());
      assertEquals(method, header.method());
      same(image, Kmq.decode(file));
      // a stream is left just after the file
      ByteArrayInputStream in = new ByteArrayInputStream(Arrays.copyOf(file, file.length + 1));
      same(image, KmqReader.open(in, DecodeOptions.defaults()).readImage());
      assertEquals(1, in.available());
    }
  }

  private static void same(IndexedImage expected, IndexedImage image) {
    assertEquals(expected.palette(), image.palette());
    assertTrue(Arrays.equals(expected.toArgb(), image.toArgb()));
    assertEquals(expected.plane().max(), image.plane().max());
  }

  @ParameterizedTest
  @EnumSource(names = "PACKED", mode = EnumSource.Mode.EXCLUDE)
  void allFormsDecodeToTheSame(Method method) throws IOException {
    IndexedImage image = image(20, 30, 100, true, new Random(3));
    Tiling tiling = Tiling.full(20, 30);
    int least = Integer.MAX_VALUE;
    for (boolean coded : new boolean[] {false, true}) {
      for (boolean isShort : new boolean[] {false, true}) {
        Header header =
            new Header(
                method, image.palette(), ColorSpace.SRGB, tiling, false, false, coded, isShort);
        byte[] file = write(image, header);
        same(image, Kmq.decode(file));
        assertEquals(header, KmqReader.open(file, DecodeOptions.defaults()).header());
        least = Math.min(least, file.length);
      }
    }
    assertEquals(least, encode(image, method).length, "the encoder takes the smallest form");
  }

  @Test
  void sixteenBytesAndMoreAreSaved() throws IOException {
    IndexedImage image = image(16, 16, 200, false, new Random(4));
    Tiling tiling = Tiling.full(16, 16);
    Header plain = Header.plain(Method.DEFLATE, image.palette(), ColorSpace.SRGB, tiling, false);
    Header shortened =
        new Header(
            Method.DEFLATE, image.palette(), ColorSpace.SRGB, tiling, false, false, false, true);
    assertEquals(17, write(image, plain).length - write(image, shortened).length);
  }

  @Test
  void largerImagesAndThoseWithMetadataHaveTheFullFrame() throws IOException {
    Random random = new Random(5);
    assertTrue(isShort(image(256, 256, 256, false, random), EncodeOptions.builder()));
    assertFalse(isShort(image(257, 1, 2, false, random), EncodeOptions.builder()));
    assertFalse(isShort(image(1, 257, 2, false, random), EncodeOptions.builder()));
    assertFalse(isShort(image(20, 20, 257, false, random), EncodeOptions.builder()));
    assertFalse(isShort(image(20, 20, 2, false, random), EncodeOptions.builder().tileSize(16, 16)));
    assertFalse(
        isShort(
            image(20, 20, 2, false, random),
            EncodeOptions.builder().chunks(List.of(Chunk.text("Title", "x")))));
  }

  private static boolean isShort(IndexedImage image, EncodeOptions.Builder options)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Header header =
        new KmqEncoder(options.methods(Method.DEFLATE).threads(1).build()).write(image, out);
    same(image, Kmq.decode(out.toByteArray()));
    return header.shortFrame();
  }

  @Test
  void whatCannotBeStoredIsRefused() {
    Palette palette = Palette.ofRgb(1, 2);
    Tiling tiling = Tiling.full(3, 3);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Header(Method.PACKED, palette, ColorSpace.SRGB, tiling, false, false, true, false));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Header(Method.PACKED, palette, ColorSpace.SRGB, tiling, false, false, false, true));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Header(Method.MIX, palette, ColorSpace.SRGB, tiling, true, false, false, true));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Header(Method.MIX, palette, ColorSpace.ICC, tiling, false, false, false, true));
  }

  /** Every bit of a short file is covered by its checksum or checked before. */
  @ParameterizedTest
  @EnumSource(names = "PACKED", mode = EnumSource.Mode.EXCLUDE)
  void everyFlippedBitIsRefused(Method method) throws IOException {
    byte[] file = encode(image(12, 9, 30, true, new Random(6)), method);
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(KmqFormatException.class, () -> Kmq.decode(damaged), "bit " + bit);
    }
  }

  @Test
  void everyCutIsRefused() throws IOException {
    byte[] file = encode(image(12, 9, 30, true, new Random(7)), Method.RANS);
    for (int length = 1; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      KmqFormatException e = assertThrows(KmqFormatException.class, () -> Kmq.decode(cut));
      assertEquals(RefusalReason.TRUNCATED, e.reason(), "cut at " + length);
    }
  }
}
