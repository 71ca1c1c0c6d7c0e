package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.IndexPlane;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MatchesTest {
  /** The neighbours are looked at one by one; a map instead of a hash, so all is found. */
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
    Map<List<Integer>, int[]> last = new HashMap<>();
    int[] at = {0, 0};
    int length = 0;
    for (int y = 0; y < height; y++) {
      matches.startRow();
      for (int x = 0; x < width; x++) {
        Integer[] around = new Integer[33];
        int n = 0;
        for (int d = -6; d <= 6; d++) {
          around[n++] = pixel(rows, x + d, y - 1);
          around[n++] = pixel(rows, x + d, y - 2);
        }
        for (int d = 1; d <= 7; d++) {
          around[n++] = pixel(rows, x - d, y);
        }
        List<Integer> key = Arrays.asList(around);
        if (length == 0) {
          length = last.containsKey(key) ? 8 : 0;
          at = last.getOrDefault(key, at);
        }
        int expected = length == 0 ? -1 : pixel(rows, at[0], at[1]);
        matches.lookFar();
        assertEquals(expected, matches.position, x + ", " + y);
        length = expected == rows[y][x] ? length + 1 : 0;
        if (length > 0) {
          at = new int[] {at[0] + 1, at[1]};
        }
        last.put(key, new int[] {x, y});
        matches.add(rows[y][x]);
      }
      matches.endRow();
      if (length > 0) {
        at = new int[] {at[0] - width, at[1] + 1};
      }
    }
  }

  /** As rule A-8 says, for columns that lie in the rows above or below as well. */
  private static int pixel(int[][] rows, int column, int row) {
    int stride = rows[0].length + 16;
    int x = column;
    int y = row;
    while (x < -8) {
      x += stride;
      y--;
    }
    while (x >= stride - 8) {
      x -= stride;
      y++;
    }
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
