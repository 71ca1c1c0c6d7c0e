package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.IndexPlane;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MatchesTest {
  /** Reads the neighbours one by one, and the position by its number. */
  @Test
  void whatFollowsIsThatOfTheLastPlaceWithTheSameNeighbors() {
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      int width = 1 + random.nextInt(40);
      int height = 1 + random.nextInt(30);
      int period = 1 + random.nextInt(12);
      int[][] rows = new int[height][width];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          rows[y][x] =
              y >= period && random.nextInt(50) > 0 ? rows[y - period][x] : random.nextInt(3);
        }
      }
      check(rows, width, height);
    }
  }

  private static void check(int[][] rows, int width, int height) {
    Matches matches = new Matches(width, height);
    int[] last = new int[1 << 11];
    int stride = width + 16;
    int bits = Math.max(10, 32 - Integer.numberOfLeadingZeros(width * height - 1));
    int at = 0;
    int length = 0;
    for (int y = 0; y < height; y++) {
      matches.startRow();
      for (int x = 0; x < width; x++) {
        int entry = Hash.top(hash(rows, x, y), bits);
        if (length == 0) {
          at = last[entry];
          length = at == 0 ? 0 : 8;
        }
        int expected = length == 0 ? -1 : pixel(rows, at % stride - 8, at / stride - 8);
        matches.lookFar();
        assertEquals(expected, matches.position, x + ", " + y);
        length = expected == rows[y][x] ? length + 1 : 0;
        at++;
        last[entry] = (y + 8) * stride + x + 8;
        matches.add(rows[y][x]);
      }
      matches.endRow();
      at += 16;
    }
  }

  /** Sums of products with powers, as in rule M-31. */
  private static int hash(int[][] rows, int x, int y) {
    BigInteger above = BigInteger.ZERO;
    BigInteger row = BigInteger.ZERO;
    BigInteger factor = BigInteger.valueOf(0x9E3779B1L);
    for (int d = -6; d <= 6; d++) {
      long pair = pixel(rows, x + d, y - 1) + 65536L * pixel(rows, x + d, y - 2);
      above = above.add(BigInteger.valueOf(pair).multiply(factor.pow(6 - d)));
    }
    for (int d = 1; d <= 7; d++) {
      row = row.add(BigInteger.valueOf(pixel(rows, x - d, y)).multiply(factor.pow(d - 1)));
    }
    return Hash.of(above.intValue(), row.intValue());
  }

  /** As in rule A-8. */
  private static int pixel(int[][] rows, int x, int y) {
    if (y >= 0 && x < 0) {
      return pixel(rows, 0, y - 1);
    }
    return y < 0 ? 0 : rows[y][Math.min(x, rows[0].length - 1)];
  }

  @Test
  void repetitionIsPromisingAndNoiseIsNot() {
    Random random = new Random(2);
    IndexPlane plane = IndexPlane.allocate(100, 100, 64);
    for (int y = 0; y < 100; y++) {
      for (int x = 0; x < 100; x++) {
        plane.set(x, y, random.nextInt(64));
      }
    }
    MatchSurvey noise = new MatchSurvey();
    noise.add(plane);
    assertFalse(noise.isPromising());
    plane.window(0, 50, 100, 50).copyFrom(plane.window(0, 0, 100, 50));
    MatchSurvey repeated = new MatchSurvey();
    repeated.add(plane);
    assertTrue(repeated.isPromising());
  }
}
