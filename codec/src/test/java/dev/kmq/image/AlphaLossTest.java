package dev.kmq.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlphaLossTest {
  @Test
  void pixelsAreCountedForEntriesThatAreMissing() {
    PixelSource pixels = PixelSource.of(5, 1, new int[] {0, 0x00FFFFFF, 0x80FF0000, -1, -2});
    assertEquals(new AlphaLoss(2, 0), AlphaLoss.of(pixels, Palette.ofRgb(0, 0xFFFFFF)));
    assertEquals(new AlphaLoss(0, 2), AlphaLoss.of(pixels, Palette.ofArgb(0, 0xFE000000)));
    assertEquals(new AlphaLoss(2, 2), AlphaLoss.of(pixels, Palette.ofArgb(0x01000000)));
    assertEquals(new AlphaLoss(0, 0), AlphaLoss.of(pixels, Palette.ofArgb(0, -1)));
    PixelSource opaque = PixelSource.of(1, 1, new int[] {-1});
    assertEquals(new AlphaLoss(0, 0), AlphaLoss.of(opaque, Palette.ofRgb(0)));
    assertEquals(
        new AlphaLoss(2, 0), AlphaLoss.of(List.of(opaque, pixels), Palette.ofRgb(0, 0xFFFFFF)));
    assertEquals(
        new AlphaLoss(4, 5),
        AlphaLoss.of(List.of(pixels, opaque, pixels), Palette.ofArgb(0x01000000)));
  }
}
