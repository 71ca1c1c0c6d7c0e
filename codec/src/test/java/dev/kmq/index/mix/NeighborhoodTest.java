package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The packed neighbours against single pixels of the whole tile. */
final class NeighborhoodTest {
  private static final int[][] NAMED = {
    {-1, 0}, {-2, 0}, {0, -1}, {-1, -1}, {-2, -1}, {1, -1}, {2, -1}, {0, -2}, {-1, -2}, {1, -2}
  };

  private static final int[][] OUTER = {
    {-3, 0}, {-3, -1}, {3, -1}, {-2, -2}, {2, -2}, {0, -3}, {1, -3}
  };

  private static final int[] WEIGHTS = {6, 3, 6, 4, 2, 4, 2, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1};

  private final int[][] tile = new int[12][];

  /** The pixel at an offset; outside of the tile as specified. */
  private int at(int x, int y, int dx, int dy) {
    if (y + dy < 0) {
      return 0;
    }
    int[] row = tile[y + dy];
    if (x + dx >= row.length) {
      return row[row.length - 1];
    }
    if (x + dx >= 0) {
      return row[x + dx];
    }
    return y + dy == 0 ? 0 : tile[y + dy - 1][0];
  }

  private int weight(int x, int y, int from, int to) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      int[] d = i < NAMED.length ? NAMED[i] : OUTER[i - NAMED.length];
      int position = at(x, y, d[0], d[1]);
      sum += position >= from && position < to ? WEIGHTS[i] : 0;
    }
    return sum;
  }

  private int hashOfAll(int x, int y, int[] named) {
    int[] u = new int[OUTER.length];
    for (int i = 0; i < u.length; i++) {
      u[i] = at(x, y, OUTER[i][0], OUTER[i][1]);
    }
    int near = Hash.of(named[0] << 16 | named[1], named[2] << 16 | named[3]);
    int wide = Hash.of(named[6] << 16 | named[5], named[7] << 16 | named[8]);
    int all = Hash.of(Hash.of(near, wide), named[4] << 16 | named[9]);
    all = Hash.of(all, Hash.of(u[1] << 16 | u[0], u[3] << 16 | u[2]));
    return Hash.of(all, Hash.of(u[5] << 16 | u[4], u[6]));
  }

  @Property(tries = 200)
  void lanesAgreeWithPixels(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 0, max = 3) int kind,
      @ForAll Random random) {
    int bound = new int[] {2, 5, 40_000, 65_536}[kind];
    Neighborhood near = new Neighborhood(width);
    for (int y = 0; y < tile.length; y++) {
      tile[y] = new int[width];
      near.startRow();
      for (int x = 0; x < width; x++) {
        assertAgrees(near, x, y, random.nextInt(bound));
        tile[y][x] = random.nextInt(5) == 0 ? random.nextInt(bound) : at(x, y, -1, 0);
        near.add(tile[y][x]);
      }
      near.endRow();
    }
  }

  private void assertAgrees(Neighborhood near, int x, int y, int limit) {
    int w = at(x, y, -1, 0);
    int[] named = {
      near.w(),
      near.ww(),
      near.n(),
      near.nw(),
      near.nww(),
      near.ne(),
      near.nee(),
      near.nn(),
      near.nnw(),
      near.nne()
    };
    boolean even = true;
    for (int i = 0; i < named.length; i++) {
      assertEquals(at(x, y, NAMED[i][0], NAMED[i][1]), named[i], "neighbour " + i);
      even &= named[i] == w;
    }
    assertEquals(even, near.isEven());
    int outer = 0;
    for (int i = 0; i < OUTER.length; i++) {
      outer |= at(x, y, OUTER[i][0], OUTER[i][1]) == w ? 1 << i : 0;
    }
    assertEquals(outer, near.outer());
    assertEquals(hashOfAll(x, y, named), near.hashOfAll(near.hashOfNamed()));
    assertEquals(weight(x, y, w, w + 1), near.weightOf(w));
    assertEquals(weight(x, y, limit, limit + 1), near.weightOf(limit));
    assertEquals(weight(x, y, 0, limit), near.weightBelow(limit));
    assertEquals(Neighborhood.WEIGHT, weight(x, y, 0, 65_536));
  }
}
