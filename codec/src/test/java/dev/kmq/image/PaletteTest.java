package dev.kmq.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaletteTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, 1",
    "3, 2",
    "4, 2",
    "5, 3",
    "255, 8",
    "256, 8",
    "257, 9",
    "32769, 16",
    "65536, 16"
  })
  void bitsAreTheCeilingOfTheLogarithm(int colors, int bits) {
    assertEquals(bits, Palette.bitsPerIndex(colors));
    assertEquals(bits, Palette.ofRgb(new int[colors]).bitsPerIndex());
  }

  @Test
  void rgbIsOpaqueAndCopied() {
    int[] rgb = {0x00112233, 0x7F445566};
    Palette palette = Palette.ofRgb(rgb);
    rgb[0] = 0;
    assertArrayEquals(new int[] {0xFF112233, 0xFF445566}, palette.toArgb());
    palette.toArgb()[0] = 0;
    assertEquals(0xFF112233, palette.argb(0));
  }

  @Test
  void alphaIsPartOfEquality() {
    assertEquals(Palette.ofRgb(5, 6), Palette.ofRgb(5, 6));
    assertEquals(Palette.ofRgb(5, 6).hashCode(), Palette.ofRgb(5, 6).hashCode());
    assertNotEquals(Palette.ofRgb(5), Palette.ofArgb(0xFF000005));
    assertNotEquals(Palette.ofRgb(5, 6), Palette.ofRgb(6, 5));
  }

  @Test
  void refusesSizesOutOfRange() {
    assertThrows(IllegalArgumentException.class, Palette::ofRgb);
    assertThrows(IllegalArgumentException.class, () -> Palette.ofArgb(new int[65537]));
    assertThrows(IllegalArgumentException.class, () -> Palette.bitsPerIndex(0));
  }
}
