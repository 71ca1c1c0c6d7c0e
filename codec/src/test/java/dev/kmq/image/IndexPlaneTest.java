package dev.kmq.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class IndexPlaneTest {
  @Property(tries = 500)
  void allBelowComparesEveryByte(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 0, max = 3) int margin,
      @ForAll @IntRange(min = 1, max = 256) int limit,
      @ForAll @IntRange(min = 0, max = 255) int value,
      @ForAll @IntRange(min = 0, max = 99) int where) {
    byte[] bytes = new byte[5 + height * (width + margin)];
    Arrays.fill(bytes, (byte) 0xFF); // bytes around the plane do not matter
    IndexPlane plane = IndexPlane.ofBytes(width, height, bytes, 5, width + margin);
    for (int i = 0; i < width * height; i++) {
      plane.set(i % width, i / width, (i * 7) % limit);
    }
    assertTrue(plane.allBelow(limit));
    int at = where % (width * height);
    plane.set(at % width, at / width, value);
    assertEquals(value < limit, plane.allBelow(limit));
    assertEquals(value < limit, plane.max() < limit);
  }

  @Property(tries = 500)
  void allBelowComparesEveryShort(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 65536) int limit,
      @ForAll @IntRange(min = 0, max = 65535) int value,
      @ForAll @IntRange(min = 0, max = 19) int where) {
    IndexPlane plane = IndexPlane.ofShorts(width, 2, new short[2 * width + 3], 3, width);
    plane.set(where % width, 1, value);
    assertEquals(value < limit, plane.allBelow(limit));
    assertEquals(value, plane.max());
  }

  @Example
  void windowSharesAndClearsItsPartOnly() {
    IndexPlane plane = IndexPlane.allocate(4, 3, 9);
    for (int i = 0; i < 12; i++) {
      plane.set(i % 4, i / 4, 8);
    }
    IndexPlane window = plane.window(1, 1, 2, 2);
    window.clear();
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 4; x++) {
        boolean inside = x >= 1 && x <= 2 && y >= 1;
        assertEquals(inside ? 0 : 8, plane.get(x, y));
      }
    }
    assertThrows(IndexOutOfBoundsException.class, () -> window.get(2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> window.set(0, -1, 1));
  }

  @Example
  void copiesBetweenWidths() {
    IndexPlane narrow = IndexPlane.allocate(3, 2, 256);
    narrow.set(2, 1, 255);
    IndexPlane wide = IndexPlane.allocate(3, 2, 257);
    wide.copyFrom(narrow);
    assertEquals(255, wide.get(2, 1));
    wide.set(0, 0, 7);
    narrow.copyFrom(wide);
    assertEquals(7, narrow.get(0, 0));
    assertTrue(wide.wide());
    assertFalse(narrow.wide());
    assertThrows(IllegalArgumentException.class, () -> wide.copyFrom(IndexPlane.allocate(2, 3, 2)));
  }

  @Example
  void refusesIndicesOutOfRange() {
    IndexPlane narrow = IndexPlane.allocate(2, 1, 256);
    IndexPlane wide = IndexPlane.allocate(2, 1, 257);
    narrow.set(1, 0, 255);
    wide.set(1, 0, 65535);
    assertThrows(IllegalArgumentException.class, () -> narrow.set(1, 0, 300));
    assertThrows(IllegalArgumentException.class, () -> narrow.set(1, 0, -1));
    assertThrows(IllegalArgumentException.class, () -> wide.set(1, 0, 65536));
    assertThrows(IllegalArgumentException.class, () -> narrow.copyFrom(wide));
    assertEquals(255, narrow.get(1, 0));
    assertEquals(65535, wide.get(1, 0));
  }

  @Example
  void refusesArraysThatAreTooShort() {
    assertThrows(IllegalArgumentException.class, () -> IndexPlane.ofBytes(3, 2, new byte[6], 1, 3));
    assertThrows(
        IllegalArgumentException.class, () -> IndexPlane.ofShorts(3, 2, new short[6], 0, 2));
    assertThrows(
        IllegalArgumentException.class, () -> IndexPlane.ofBytes(3, 2, new byte[9], -1, 3));
    assertThrows(IllegalArgumentException.class, () -> IndexPlane.allocate(0, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> IndexPlane.allocate(1 << 16, 1 << 16, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> IndexPlane.allocate(3, 2, 2).window(2, 0, Integer.MAX_VALUE, 1));
  }

  @Example
  void narrowUpTo256() {
    assertFalse(IndexPlane.allocate(1, 1, 256).wide());
    assertTrue(IndexPlane.allocate(1, 1, 257).wide());
  }
}
