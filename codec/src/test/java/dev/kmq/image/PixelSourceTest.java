package dev.kmq.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PixelSourceTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, an image cannot be 0x0",
    "2, -1, an image cannot be 2x-1",
    "3, 2, 'argb holds 5 pixels, too few for 3x2'",
  })
  void refusesSizesThatTheArrayCannotHave(int width, int height, String message) {
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class, () -> PixelSource.of(width, height, new int[5]));
    assertEquals(message, refusal.getMessage());
  }

  @Test
  void readsRows() {
    int[] rows = new int[4];
    PixelSource.of(2, 3, new int[] {1, 2, 3, 4, 5, 6}).readRows(1, 2, rows);
    assertEquals("[3, 4, 5, 6]", Arrays.toString(rows));
  }
}
