package dev.kmq.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.Palette;
import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class CodedPaletteTest {
  @Provide
  Arbitrary<Palette> palettes() {
    Arbitrary<int[]> wild = Arbitraries.integers().array(int[].class).ofMinSize(1).ofMaxSize(300);
    Arbitrary<int[]> few =
        Arbitraries.of(0, 0x80, 0xFF, 0xFF000000, 0xFF808080, 0x7F123456, -1)
            .array(int[].class)
            .ofMinSize(1)
            .ofMaxSize(300);
    return Arbitraries.oneOf(wild, few)
        .flatMap(entries -> Arbitraries.of(Palette.ofArgb(entries), Palette.ofRgb(entries)));
  }

  private static Palette decode(byte[] coded, Palette like) throws PayloadException {
    return CodedPalette.decode(coded, like.size(), like.hasAlpha());
  }

  @Property(tries = 300)
  void everyPaletteSurvivesARoundTrip(@ForAll("palettes") Palette palette) throws PayloadException {
    assertEquals(palette, decode(CodedPalette.encode(palette), palette));
  }

  @Property(tries = 300)
  void whatIsAcceptedIsDecodedToTheEnd(@ForAll("palettes") Palette palette, @ForAll Random random) {
    byte[] coded = CodedPalette.encode(palette);
    coded[random.nextInt(coded.length)] ^= (byte) (1 << random.nextInt(8));
    try {
      assertEquals(palette.size(), decode(coded, palette).size());
    } catch (PayloadException e) {
      assertTrue(
          e.fault() == Fault.CORRUPT
              || e.fault() == Fault.SHORT
              || e.fault() == Fault.TRAILING_BYTES,
          e.fault().toString());
    }
  }

  @Test
  void thereIsNothingToTakeAwayOrToAdd() {
    Palette palette = Palette.ofRgb(IntStream.range(0, 200).map(i -> i * 0x010305).toArray());
    byte[] coded = CodedPalette.encode(palette);
    for (int length = 0; length < coded.length; length++) {
      byte[] cut = Arrays.copyOf(coded, length);
      assertThrows(PayloadException.class, () -> decode(cut, palette), "" + length);
    }
    byte[] longer = Arrays.copyOf(coded, coded.length + 1);
    PayloadException e = assertThrows(PayloadException.class, () -> decode(longer, palette));
    assertEquals(Fault.TRAILING_BYTES, e.fault());
  }

  @Test
  void greysTakeNextToNothing() {
    int[] greys = IntStream.range(0, 256).map(v -> v * 0x010101).toArray();
    assertTrue(CodedPalette.encode(Palette.ofRgb(greys)).length < 16);
  }

  @Test
  void opaqueEntriesCostNoAlpha() {
    int[] rgb = new Random(5).ints(256, 0, 1 << 24).toArray();
    int[] argb = Arrays.stream(rgb).map(v -> v | 0xFF000000).toArray();
    int plain = CodedPalette.encode(Palette.ofRgb(rgb)).length;
    int alpha = CodedPalette.encode(Palette.ofArgb(argb)).length;
    assertTrue(alpha - plain < 16, plain + " and " + alpha);
  }
}
