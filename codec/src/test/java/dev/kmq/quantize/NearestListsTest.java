package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.concurrent.Work;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Lists that are brought up to date are those of a complete search. */
class NearestListsTest {
  private static final int LISTED = 40;
  private static final int STEPS = 25;

  /**
   * @param places few of them make many centres equally near
   * @param movers of a hundred centres in each step
   */
  @Property(tries = 150)
  void listsAreThoseOfACompleteSearch(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 150) int slots,
      @ForAll @IntRange(min = 3, max = 4) int dims,
      @ForAll @IntRange(min = 2, max = 100_000) int places,
      @ForAll @IntRange(min = 0, max = 60) int movers) {
    Random random = new Random(seed);
    Lloyd lloyd = lloyd(slots, dims);
    int listed = Math.min(LISTED, slots);
    NearestLists lists = new NearestLists(lloyd, listed);
    NearestLists kept = new NearestLists(lloyd, listed);
    int[][] expected = new int[slots][0];
    int[][] expectedKept = expected.clone();
    double[] centersKept = lloyd.centers.clone();
    for (int step = 0; step < STEPS; step++) {
      for (int c = 0; c < slots; c++) {
        if (step == 0 || random.nextInt(100) < movers) {
          move(lloyd, c, places, random);
        }
      }
      lists.follow();
      for (int c = 0; c < slots; c++) {
        if (step > 0 && random.nextInt(3) == 0) {
          continue;
        }
        int[] before = expected[c];
        expected[c] = complete(lloyd, c, before, listed);
        int count = lists.build(c, before.length);
        int from = c * lists.stride;
        int length = count < 0 ? before.length : Math.min(count, listed);
        assertArrayEquals(expected[c], Arrays.copyOfRange(lists.list, from, from + length));
        for (int n = 0; n < length; n++) {
          assertEquals(square(lloyd, c, expected[c][n]), lists.square(from + n));
        }
      }
      if (random.nextInt(6) == 0) {
        kept.copyFrom(lists);
        expectedKept = expected.clone();
        centersKept = lloyd.centers.clone();
      } else if (random.nextInt(6) == 0 && step > 6) {
        lists.copyFrom(kept);
        expected = expectedKept.clone();
        System.arraycopy(centersKept, 0, lloyd.centers, 0, centersKept.length);
      }
    }
  }

  private static Lloyd lloyd(int slots, int dims) {
    ColorHistogram one = ColorHistogram.of(PixelSource.of(1, 1, new int[1]));
    ColorCoordinates space = new ColorCoordinates(Metric.RGB, dims == 4);
    WeightedPoints points = WeightedPoints.of(one, space, false, Work.onThreads(1));
    return Lloyd.ofLabels(points, new double[0], new int[1], slots, Work.onThreads(1));
  }

  /** Moves a centre a little or far, or removes it. */
  private static void move(Lloyd lloyd, int c, int places, Random random) {
    double unit = 65025.0 / places;
    int kind = random.nextInt(8);
    for (int d = 0; d < lloyd.dims; d++) {
      int at = c * lloyd.dims + d;
      if (kind == 0) {
        lloyd.centers[at] = Lloyd.DEAD;
      } else if (kind < 3 || lloyd.centers[at] == Lloyd.DEAD) {
        lloyd.centers[at] = unit * random.nextInt(places);
      } else {
        lloyd.centers[at] += unit * (random.nextInt(3) - 1);
      }
    }
  }

  private static int[] complete(Lloyd lloyd, int c, int[] before, int listed) {
    int[] order = new int[lloyd.slots];
    int n = 0;
    boolean[] seen = new boolean[lloyd.slots];
    seen[c] = true;
    for (int o : before) {
      order[n++] = o;
      seen[o] = true;
    }
    for (int o = 0; o < seen.length; o++) {
      if (!seen[o]) {
        order[n++] = o;
      }
    }
    return Arrays.stream(order, 0, n)
        .filter(o -> square(lloyd, c, o) < Neighbors.OUT_OF_REACH)
        .boxed()
        .sorted((a, b) -> Float.compare(square(lloyd, c, a), square(lloyd, c, b)))
        .limit(listed)
        .mapToInt(o -> o)
        .toArray();
  }

  private static float square(Lloyd lloyd, int a, int b) {
    double sum = 0;
    for (int d = 0; d < lloyd.dims; d++) {
      double gap = lloyd.centers[a * lloyd.dims + d] - lloyd.centers[b * lloyd.dims + d];
      sum += gap * gap;
    }
    return (float) sum;
  }
}
