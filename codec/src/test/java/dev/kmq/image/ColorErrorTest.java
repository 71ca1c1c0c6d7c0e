package dev.kmq.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ColorErrorTest {
  private static PixelSource row(int... argb) {
    return PixelSource.of(argb.length, 1, argb);
  }

  @Test
  void channelsAreAddedAndTransparentPixelsLeftOut() {
    PixelSource a = row(0x00FF0000, 0xFF000000, 0xFF000000, 0x80101010);
    PixelSource b = row(0x00000000, 0xFF000000, 0xFF030400, 0x10101010);
    ColorError error = ColorError.of(a, b, 4.9);
    assertEquals(3, error.pixels());
    assertEquals(25 / 3.0, error.mse());
    assertEquals(5, error.maxError());
    assertEquals(1, error.beyond());
    assertEquals(1 / 3.0, error.shareBeyond());
    assertEquals(10 * Math.log10(3 * 65025 / (25 / 3.0)), error.psnr(), 1e-12);
    assertEquals(0, ColorError.of(a, b, 5).beyond());
    assertEquals(Double.POSITIVE_INFINITY, ColorError.of(a, a, 0).psnr());
  }

  @Test
  void sizesAndThresholdAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> ColorError.of(row(1), row(1, 2), 0));
    assertThrows(IllegalArgumentException.class, () -> ColorError.of(row(1), row(1), -1));
    assertThrows(IllegalArgumentException.class, () -> ColorError.of(row(1), row(1), Double.NaN));
  }
}
