package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Method;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransparentIndexTest {
  /** Noise, an eighth of it transparent. */
  private static PixelSource picture(int colors) {
    int[] argb =
        new Random(3)
            .ints(64 * 48)
            .map(c -> (c >>> 29) == 0 ? 0 : 0xFF000000 | (c & 0xFFFFFF) % colors * 0x0A0B0C)
            .toArray();
    return PixelSource.of(64, 48, argb);
  }

  private static IndexedImage quantized(PixelSource pixels, EncodeOptions.Builder options)
      throws IOException {
    KmqEncoder encoder = new KmqEncoder(options.build());
    ByteArrayOutputStream streamed = new ByteArrayOutputStream();
    encoder.encode(pixels, streamed);
    IndexedImage image = encoder.quantize(pixels);
    assertArrayEquals(image.toArgb(), Kmq.decode(streamed.toByteArray()).toArgb());
    assertEquals(image.palette(), Kmq.decode(streamed.toByteArray()).palette());
    return image;
  }

  @Test
  void isAtTheRequestedIndexWithAnyOtherEntries() throws IOException {
    for (int index : new int[] {0, 3, 7}) {
      for (int colors : new int[] {8, 100000}) {
        PaletteChoice.Computed nine = PaletteChoice.computed(9).withTransparentIndex(index);
        List<EncodeOptions.Builder> ways =
            List.of(
                EncodeOptions.builder().palette(nine),
                EncodeOptions.builder()
                    .palette(nine.withKeepColors(0xFF010203, 0xFF040506, 0xFF070809)),
                EncodeOptions.builder().palette(nine.withKeepColors(0xFF010203, 0)),
                EncodeOptions.builder().palette(nine).methods(Method.RANS).rdo(50),
                EncodeOptions.builder()
                    .palette(nine.withKeepColors(0xFF010203))
                    .methods(Method.MIX)
                    .rdo(5000),
                EncodeOptions.builder().palette(nine.withTarget(new Target.Psnr(15))));
        for (EncodeOptions.Builder way : ways) {
          PixelSource pixels = picture(colors);
          IndexedImage image;
          try {
            image = quantized(pixels, way);
          } catch (UnreachableTargetException e) {
            // Rate-distortion optimisation may leave too few entries.
            assertTrue(String.valueOf(e.getMessage()).contains("entries, 0 to"), e.getMessage());
            continue;
          }
          assertEquals(0, image.palette().argb(index));
          int[] argb = new int[64 * 48];
          pixels.readRows(0, 48, argb);
          for (int i = 0; i < argb.length; i++) {
            assertEquals(argb[i] == 0, image.plane().get(i % 64, i / 64) == index);
          }
        }
      }
    }
  }

  @Test
  void keptColorsTakeTheOtherFirstPlaces() {
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(
                PaletteChoice.computed(6)
                    .withKeepColors(0xFF010203, 0xFF040506)
                    .withTransparentIndex(1))
            .build();
    Palette palette = new KmqEncoder(options).palette(picture(100000));
    assertArrayEquals(new int[] {0xFF010203, 0, 0xFF040506}, Arrays.copyOf(palette.toArgb(), 3));
  }

  @Test
  void isRefusedWithoutTransparentPixels() {
    PixelSource opaque = PixelSource.of(2, 1, new int[] {0xFF000000, 0xFFFFFFFF});
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withTransparentIndex(0))
            .build();
    assertThrows(UnreachableTargetException.class, () -> Kmq.encode(opaque, options));
    assertThrows(UnreachableTargetException.class, () -> new KmqEncoder(options).palette(opaque));
    EncodeOptions far =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withTransparentIndex(200))
            .build();
    assertThrows(UnreachableTargetException.class, () -> Kmq.encode(picture(8), far));
  }

  @Test
  void furtherPalettesGoThroughAFile() throws IOException {
    IndexPlane plane = IndexPlane.allocate(3, 1, 3);
    for (int x = 0; x < 3; x++) {
      plane.set(x, 0, 2 - x);
    }
    IndexedImage image = new IndexedImage(Palette.ofRgb(1, 2, 3), plane);
    Palette night = Palette.ofArgb(0xFF000040, 0x80808080, 0);
    Palette day = Palette.ofRgb(0xFFFFFF, 0xEEEEEE, 0xDDDDDD);
    List<Chunk> chunks = List.of(Chunk.palette("Nacht ü", night), Chunk.palette("day", day));
    byte[] file = Kmq.encode(image, EncodeOptions.builder().chunks(chunks).build());
    try (KmqReader reader = KmqReader.open(file, DecodeOptions.defaults())) {
      assertEquals(chunks, reader.chunks());
      assertEquals(List.of("Nacht ü", "day"), List.copyOf(reader.alternativePalettes().keySet()));
      IndexedImage shown = reader.readImage().withPalette(reader.alternativePalette("Nacht ü"));
      assertArrayEquals(new int[] {0, 0x80808080, 0xFF000040}, shown.toArgb());
      assertEquals(day, reader.alternativePalette("day"));
      assertEquals(
          "no alternative palette is named 'dusk'; available: Nacht ü, day", unknown(reader));
    }
  }

  private static String unknown(KmqReader reader) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> reader.alternativePalette("dusk"));
    return String.valueOf(refusal.getMessage());
  }

  @Test
  void unknownPalettesAreRefusedWithTheFirstNames() throws IOException {
    IndexedImage image = new IndexedImage(Palette.ofRgb(1, 2), IndexPlane.allocate(1, 1, 2));
    try (KmqReader reader =
        KmqReader.open(Kmq.encode(image, EncodeOptions.defaults()), DecodeOptions.defaults())) {
      assertEquals("no alternative palette is named 'dusk'; the image has none", unknown(reader));
    }
    List<Chunk> chunks =
        IntStream.range(0, 22).mapToObj(i -> Chunk.palette("p" + i, image.palette())).toList();
    EncodeOptions options = EncodeOptions.builder().chunks(chunks).build();
    try (KmqReader reader = KmqReader.open(Kmq.encode(image, options), DecodeOptions.defaults())) {
      assertTrue(unknown(reader).endsWith(" p18, p19 and 2 more"), unknown(reader));
    }
  }

  @Test
  void palettesThatDoNotFitAreRefused() {
    IndexedImage image = new IndexedImage(Palette.ofRgb(1, 2), IndexPlane.allocate(1, 1, 2));
    Chunk three = Chunk.palette("a", Palette.ofRgb(1, 2, 3));
    Chunk two = Chunk.palette("a", Palette.ofRgb(1, 2));
    assertRefused("has 3 colours, the image has 2", image, three);
    assertRefused("two palettes have the name 'a'", image, two, two);
    assertThrows(IllegalArgumentException.class, () -> Chunk.palette("", Palette.ofRgb(1)));
    assertThrows(IllegalArgumentException.class, () -> Chunk.palette("a\0b", Palette.ofRgb(1)));
    assertThrows(
        IllegalArgumentException.class, () -> Chunk.palette("ü".repeat(40), Palette.ofRgb(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Chunk.of(Chunk.PALETTE, new byte[] {'a', 0, 2, 1, 1, 1}));
    assertThrows(
        IllegalArgumentException.class, () -> Chunk.of(Chunk.PALETTE, new byte[] {'a', 0, 0, 1}));
  }

  private static void assertRefused(String message, IndexedImage image, Chunk... chunks) {
    EncodeOptions options = EncodeOptions.builder().chunks(List.of(chunks)).build();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Kmq.encode(image, options));
    assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
  }
}
