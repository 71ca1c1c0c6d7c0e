package dev.kmq.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.ColorError;
import dev.kmq.image.PixelSource;
import dev.kmq.metrics.Ssimulacra2;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Measures of files that others have written. */
class MeasureTest {
  @Test
  void areThoseOfTheLibraries() throws IOException {
    int[] pixels = TestImages.argb(40, 30, false);
    Session session = new Session();
    session.openPixels(40, 30, pixels.clone());
    Measures same = session.measure(pixels.clone());
    assertEquals(0, same.error().mse());
    assertEquals(100, same.ssimulacra2(), 1e-9);
    int[] other = pixels.clone();
    for (int i = 0; i < other.length; i += 3) {
      other[i] ^= 0x0F0700;
    }
    Measures measures = session.measure(other.clone());
    PixelSource a = PixelSource.of(40, 30, pixels);
    PixelSource b = PixelSource.of(40, 30, other);
    assertEquals(ColorError.of(a, b, 0).mse(), measures.error().mse());
    assertEquals(Ssimulacra2.of(a, b, 1), measures.ssimulacra2());
    assertTrue(measures.ssimulacra2() < 100);
  }

  @Test
  void needTheSizeOfTheImage() throws IOException {
    Session session = new Session();
    assertThrows(EngineException.class, () -> session.measure(new int[4]));
    session.openPixels(4, 3, new int[12]);
    assertThrows(IllegalArgumentException.class, () -> session.measure(new int[11]));
  }
}
