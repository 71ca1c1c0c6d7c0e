package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The weighted mean against one computed channel by channel with all errors kept. */
final class WeightedPredictorTest {
  /** Offsets of the errors that count: W, WW, N, NW, NWW, NE, NEE. */
  private static final int[][] AROUND = {
    {-1, 0}, {-2, 0}, {0, -1}, {-1, -1}, {-2, -1}, {1, -1}, {2, -1}
  };

  private static final int PREDICTIONS = 6;

  /** An image of few colours, and the predictions for its pixels. */
  private static final class Picture {
    private final int width;
    private final int height;
    private final int[][] colors;
    private final int[][][] errors;

    Picture(int width, int height, Random random, int different) {
      this.width = width;
      this.height = height;
      int[] palette = random.ints(different).toArray();
      colors = new int[height][width];
      for (int[] row : colors) {
        for (int x = 0; x < width; x++) {
          row[x] = palette[random.nextInt(different)];
        }
      }
      errors = new int[height][width][PREDICTIONS];
    }

    /** The colour of a pixel, or of its substitute outside the tile; black above. */
    private int color(int x, int y) {
      return y < 0 ? 0 : x < 0 ? color(0, y - 1) : colors[y][Math.min(x, width - 1)];
    }

    private int error(int x, int y, int prediction) {
      return y < 0
          ? 0
          : x < 0 ? error(0, y - 1, prediction) : errors[y][Math.min(x, width - 1)][prediction];
    }

    private static int channel(int argb, int c) {
      return PackedColors.get(PackedColors.of(argb), c);
    }

    private static int gradient(int p, int q, int r) {
      return Math.max(0, Math.min(255, p + q - r));
    }

    private int predict(int x, int y, int prediction, int c) {
      int w = channel(color(x - 1, y), c);
      int n = channel(color(x, y - 1), c);
      int ne = channel(color(x + 1, y - 1), c);
      return switch (prediction) {
        case 0 -> gradient(n, ne, channel(color(x + 1, y - 2), c));
        case 1 -> gradient(w, ne, n);
        case 2 -> gradient(w, w, channel(color(x - 2, y), c));
        case 3 -> gradient(n, n, channel(color(x, y - 2), c));
        case 4 -> ne;
        default -> channel(color(x - 1, y - 1), c);
      };
    }

    private int expected(int x, int y, int c) {
      long sum = 0;
      long shares = 0;
      for (int i = 0; i < PREDICTIONS; i++) {
        int error = 0;
        for (int[] step : AROUND) {
          error += error(x + step[0], y + step[1], i);
        }
        long far = Math.min(error, 2047) + 16L;
        long share = (1 << 24) / (far * far);
        sum += share * predict(x, y, i, c);
        shares += share;
      }
      return (int) ((4 * sum + shares / 2) / shares);
    }

    private long lanes(int x, int y) {
      return PackedColors.of(color(x, y));
    }

    private void assertExpects() {
      WeightedPredictor expected = new WeightedPredictor(width);
      for (int y = 0; y < height; y++) {
        expected.startRow();
        for (int x = 0; x < width; x++) {
          expected.predict(
              lanes(x - 1, y),
              lanes(x, y - 1),
              lanes(x + 1, y - 1),
              lanes(x - 1, y - 1),
              lanes(x - 2, y),
              lanes(x, y - 2),
              lanes(x + 1, y - 2));
          long quarters = expected.quarters();
          int sum = 0;
          for (int c = 0; c < 4; c++) {
            assertEquals(expected(x, y, c), PackedColors.get(quarters, c), "channel " + c);
            assertEquals(predict(x, y, 2, c), PackedColors.get(expected.slopeOfW(), c));
            assertEquals(predict(x, y, 3, c), PackedColors.get(expected.slopeOfN(), c));
            for (int i = 0; i < PREDICTIONS; i++) {
              int error = Math.abs(predict(x, y, i, c) - channel(color(x, y), c));
              errors[y][x][i] += error;
              sum += error;
            }
          }
          if (sum == 0) {
            expected.addExact();
          } else {
            expected.add(lanes(x, y));
          }
        }
      }
    }
  }

  @Property(tries = 300)
  void anyColors(
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 40) int different,
      @ForAll Random random) {
    new Picture(width, height, random, different).assertExpects();
  }
}
