package dev.kmq.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class IndexedImageTest {
  @Test
  void looksColoursUp() {
    Palette palette = Palette.ofArgb(0x01020304, 0x80FF00FF, 0);
    IndexPlane plane = IndexPlane.ofBytes(2, 2, new byte[] {9, 2, 1, 9, 0, 1}, 1, 3);
    IndexedImage image = new IndexedImage(palette, plane);
    assertArrayEquals(new int[] {0, 0x80FF00FF, 0x01020304, 0x80FF00FF}, image.toArgb());
    assertEquals(0x80FF00FF, image.argb(1, 0));
    assertEquals(1, image.rows(1, 1).get(1, 0));
  }

  @Test
  void looksColoursUpInWidePlanes() {
    int[] rgb = new int[40000];
    rgb[39999] = 0x123456;
    IndexPlane plane = IndexPlane.allocate(2, 1, 40000);
    plane.set(1, 0, 39999);
    IndexedImage image = new IndexedImage(Palette.ofRgb(rgb), plane);
    assertArrayEquals(new int[] {0xFF000000, 0xFF123456}, image.toArgb());
  }

  @Test
  void refusesIndicesBeyondThePalette() {
    IndexPlane plane = IndexPlane.ofBytes(3, 1, new byte[] {0, 3, 1}, 0, 3);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new IndexedImage(Palette.ofRgb(1, 2, 3), plane));
    assertTrue(String.valueOf(refused.getMessage()).contains("index 3"), refused.getMessage());
  }
}
