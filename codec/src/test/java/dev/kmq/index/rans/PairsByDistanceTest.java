package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PairsByDistanceTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 30, 257, 512})
  void pairsComeByDistanceThenInTheirOrder(int colors) {
    Random random = new Random(colors);
    for (int levels : new int[] {1, 2, 3, 256}) {
      int[] argb = random.ints(colors).map(bits -> level(bits, levels)).toArray();
      assertSorted(argb);
    }
  }

  /** A colour whose channels have this number of different values from 0 to 255. */
  private static int level(int bits, int levels) {
    int argb = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int value = (bits >>> shift & 0xFF) % levels * 255 / Math.max(1, levels - 1);
      argb |= value << shift;
    }
    return argb;
  }

  @Test
  void coloursAsFarApartAsCanBeAreSortedToo() {
    assertSorted(new int[] {0, -1, 0xFFFFFF, 0xFF000000, -1, 0, 1});
  }

  private static void assertSorted(int[] argb) {
    List<int[]> expected = new ArrayList<>();
    for (int a = 0; a < argb.length; a++) {
      for (int b = a + 1; b < argb.length; b++) {
        expected.add(new int[] {a, b, distance(argb[a], argb[b])});
      }
    }
    expected.sort(Comparator.comparingInt(pair -> pair[2]));
    int[] pairs = PairsByDistance.of(argb);
    assertEquals(expected.size(), pairs.length);
    for (int i = 0; i < pairs.length; i++) {
      assertEquals(expected.get(i)[0], PairsByDistance.lesser(pairs[i]));
      assertEquals(expected.get(i)[1], PairsByDistance.greater(pairs[i]));
    }
  }

  private static int distance(int a, int b) {
    int sum = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int d = (a >>> shift & 0xFF) - (b >>> shift & 0xFF);
      sum += d * d;
    }
    return sum;
  }
}
