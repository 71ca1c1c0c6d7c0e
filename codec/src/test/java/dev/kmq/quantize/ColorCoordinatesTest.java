package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.Metric;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColorCoordinatesTest {
  @ParameterizedTest
  @EnumSource(Metric.class)
  void coloursComeBackFromTheirPlaces(Metric metric) {
    for (boolean alpha : new boolean[] {false, true}) {
      ColorCoordinates space = new ColorCoordinates(metric, alpha);
      int[] colors = new Random(1).ints(20_000).map(c -> c | 0xFF000000).toArray();
      double[] places = space.place(colors);
      for (int i = 0; i < colors.length; i++) {
        assertEquals(colors[i], space.color(places, i * space.dims));
      }
    }
  }

  /** Ottosson's own examples, given to three digits. */
  @Test
  void oklabOfKnownColours() {
    checkLab(0xFFFFFF, 1, 0, 0);
    checkLab(0x000000, 0, 0, 0);
    checkLab(0xFF0000, 0.628, 0.225, 0.126);
    checkLab(0x00FF00, 0.866, -0.234, 0.179);
    checkLab(0x0000FF, 0.452, -0.032, -0.312);
  }

  private static void checkLab(int rgb, double lightness, double a, double b) {
    double[] lab = new double[3];
    Oklab.of(rgb, lab);
    assertArrayEquals(new double[] {lightness, a, b}, lab, 6e-4);
  }

  @Property(tries = 100)
  void roundedColoursAreNoFartherThanTheirNeighbours(
      @ForAll Metric metric,
      @ForAll @IntRange(min = 0, max = 0xFFFFFF) int one,
      @ForAll @IntRange(min = 0, max = 0xFFFFFF) int other) {
    ColorCoordinates space = new ColorCoordinates(metric, false);
    double[] places = space.place(new int[] {one, other});
    double[] mean = new double[3];
    for (int d = 0; d < 3; d++) {
      mean[d] = (places[d] * 2 + places[3 + d]) / 3;
    }
    int color = space.color(mean, 0);
    double least = square(space, color, mean);
    for (int shift = 0; shift < 24; shift += 8) {
      for (int step : new int[] {-1, 1}) {
        int value = (color >>> shift & 0xFF) + step;
        if (value >= 0 && value < 256) {
          int neighbour = color & ~(0xFF << shift) | value << shift;
          assertTrue(least <= square(space, neighbour, mean));
        }
      }
    }
  }

  private static double square(ColorCoordinates space, int color, double[] at) {
    double[] place = space.place(new int[] {color});
    double sum = 0;
    for (int d = 0; d < 3; d++) {
      sum += (place[d] - at[d]) * (place[d] - at[d]);
    }
    return sum;
  }

  @Test
  void transparentColoursAreOnePlace() {
    for (Metric metric : Metric.values()) {
      ColorCoordinates space = new ColorCoordinates(metric, true);
      double[] places = space.place(new int[] {0, 0x00FFFFFF});
      for (int d = 0; d < 4; d++) {
        assertEquals(places[d], places[4 + d]);
      }
      assertEquals(0, space.color(places, 0));
    }
  }
}
