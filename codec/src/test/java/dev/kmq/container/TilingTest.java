package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TilingTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 0, 1, 1",
    "1, 1, 16, 262144, 1, 1",
    "16, 17, 16, 16, 1, 2",
    "17, 16, 16, 16, 2, 1",
    "100, 90, 32, 0, 4, 1",
    "100, 90, 0, 64, 1, 2",
    "2147483647, 2147483647, 16, 16, 134217728, 134217728"
  })
  void dividesTheImage(int width, int height, int tileWidth, int tileHeight, int cols, int rows) {
    Tiling tiling = Tiling.of(width, height, tileWidth, tileHeight);
    assertEquals(cols, tiling.columns());
    assertEquals(rows, tiling.rows());
    assertEquals((long) cols * rows, tiling.count());
  }

  @Test
  void tilesCoverEveryPixelOnce() {
    Tiling tiling = Tiling.of(75, 50, 32, 16);
    int[][] seen = new int[50][75];
    for (int tile = 0; tile < tiling.count(); tile++) {
      for (int y = tiling.y(tile); y < tiling.y(tile) + tiling.height(tile); y++) {
        for (int x = tiling.x(tile); x < tiling.x(tile) + tiling.width(tile); x++) {
          seen[y][x]++;
        }
      }
    }
    for (int[] row : seen) {
      for (int times : row) {
        assertEquals(1, times);
      }
    }
  }

  @Test
  void standardTilesAbove2To22Pixels() {
    assertEquals(Tiling.full(2048, 2048), Tiling.standard(Method.MIX, 2048, 2048));
    assertEquals(Tiling.of(2049, 2048, 512, 512), Tiling.standard(Method.MIX, 2049, 2048));
    assertEquals(Tiling.of(2049, 2048, 1024, 1024), Tiling.standard(Method.RANS, 2049, 2048));
  }

  @ParameterizedTest
  @ValueSource(ints = {-16, 1, 8, 15, 24, 524288, Integer.MIN_VALUE})
  void refusesSizes(int size) {
    assertThrows(IllegalArgumentException.class, () -> Tiling.of(9, 9, size, 16));
    assertThrows(IllegalArgumentException.class, () -> Tiling.of(9, 9, 16, size));
  }

  @Test
  void refusesImagesWithoutPixelsAndCodesOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> Tiling.full(0, 1));
    assertThrows(IllegalArgumentException.class, () -> Tiling.full(1, -1));
    assertThrows(IllegalArgumentException.class, () -> new Tiling(1, 1, 16, 0));
    assertThrows(IllegalArgumentException.class, () -> new Tiling(1, 1, 0, -1));
  }
}
