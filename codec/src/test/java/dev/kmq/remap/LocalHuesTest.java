package dev.kmq.remap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LocalHuesTest {
  private static final int RED = 0xFFC03030;
  private static final int GREEN = 0xFF30A040;

  /** Green but for a red square of 4x4 pixels at (40, 40). */
  private static PixelSource pixels() {
    int[] argb = new int[96 * 96];
    Arrays.fill(argb, GREEN);
    for (int i = 0; i < 16; i++) {
      argb[(40 + i / 4) * 96 + 40 + i % 4] = RED;
    }
    return PixelSource.of(96, 96, argb);
  }

  /** Red, orange 25 degrees from it, violet 65 degrees from it, green, grey, and others. */
  private static Palette palette(int size) {
    int[] rgb = new int[size];
    Arrays.setAll(rgb, i -> 0x3030C0 + i);
    int[] first = {0xC03030, 0xC06020, 0xA030C0, 0x30A040, 0x808080};
    System.arraycopy(first, 0, rgb, 0, first.length);
    return Palette.ofRgb(rgb);
  }

  @Test
  void entriesBelongWhereTheirHueIs() {
    LocalHues hues = LocalHues.of(pixels(), palette(32));
    long[] sets = hues.ofEntries(palette(32));
    for (int turn = 0; turn < 2; turn++) {
      for (int y = 0; y < 96; y++) {
        long[] row = hues.row(y);
        for (int x = 0; x < 96; x++) {
          long home = row[LocalHues.square(x)];
          int apart = Math.max(Math.max(40 - x, x - 43), Math.max(40 - y, y - 43));
          boolean red = (sets[0] & home) != 0;
          assertTrue(apart > 4 || red, x + ", " + y);
          assertTrue(apart <= 8 || !red, x + ", " + y);
          assertEquals(red, (sets[1] & home) != 0);
          assertEquals(0, sets[2] & home);
          assertTrue((sets[3] & home) != 0 && (sets[4] & home) != 0);
        }
      }
    }
  }

  @Test
  void fewEntriesAndGivenOnesBelongEverywhere() {
    LocalHues few = LocalHues.of(pixels(), palette(31));
    LocalHues given = LocalHues.ignored(pixels());
    for (int e = 0; e < 31; e++) {
      assertTrue((few.ofEntries(palette(31))[e] & few.row(0)[0]) != 0);
      assertTrue((given.ofEntries(palette(32))[e] & given.row(0)[0]) != 0);
    }
  }
}
