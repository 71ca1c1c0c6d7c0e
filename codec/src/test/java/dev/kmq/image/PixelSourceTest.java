package dev.kmq.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class PixelSourceTest {
  @Test
  void copiesRows() {
    PixelSource source = PixelSource.of(2, 3, new int[] {1, 2, 3, 4, 5, 6});
    int[] target = {9, 9, 9, 9, 9};
    source.readRows(1, 2, target);
    assertArrayEquals(new int[] {3, 4, 5, 6, 9}, target);
  }

  @Test
  void refusesArraysThatAreTooShort() {
    assertThrows(IllegalArgumentException.class, () -> PixelSource.of(2, 3, new int[5]));
    assertThrows(IllegalArgumentException.class, () -> PixelSource.of(0, 3, new int[5]));
    assertThrows(
        IllegalArgumentException.class, () -> PixelSource.of(1 << 20, 1 << 20, new int[5]));
  }
}
