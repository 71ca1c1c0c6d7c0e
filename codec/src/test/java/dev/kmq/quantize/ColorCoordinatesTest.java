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

  /** Ottosson's own examples, given to three digits: the slow reference without the offset. */
  @Test
  void referenceOfKnownColours() {
    assertArrayEquals(new double[] {1, 0, 0}, lab(0xFFFFFF, 0), 6e-4);
    assertArrayEquals(new double[] {0, 0, 0}, lab(0x000000, 0), 6e-4);
    assertArrayEquals(new double[] {0.628, 0.225, 0.126}, lab(0xFF0000, 0), 6e-4);
    assertArrayEquals(new double[] {0.866, -0.234, 0.179}, lab(0x00FF00, 0), 6e-4);
    assertArrayEquals(new double[] {0.452, -0.032, -0.312}, lab(0x0000FF, 0), 6e-4);
  }

  @Test
  void oklabHasAnOffset() {
    double[] lab = new double[3];
    for (int i = 0; i < 1 << 24; i += 251) {
      for (int rgb : new int[] {i, i >>> 4 & 0x0F0F0F}) {
        Oklab.of(rgb, lab);
        assertArrayEquals(lab(rgb, 0.0038), lab, 3e-5);
      }
    }
  }

  /** Oklab by its definition, with an offset of the cube roots. */
  private static double[] lab(int rgb, double offset) {
    double r = linear(rgb >>> 16);
    double g = linear(rgb >>> 8 & 0xFF);
    double b = linear(rgb & 0xFF);
    double l = cone(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b, offset);
    double m = cone(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b, offset);
    double s = cone(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b, offset);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  private static double linear(int value) {
    double x = value / 255.0;
    return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
  }

  private static double cone(double light, double offset) {
    double black = Math.cbrt(offset);
    return (Math.cbrt(light + offset) - black) / (Math.cbrt(1 + offset) - black);
  }

  @Test
  void coordinatesFitIntoAShort() {
    for (boolean alpha : new boolean[] {false, true}) {
      ColorCoordinates space = new ColorCoordinates(Metric.OKLAB, alpha);
      for (int corner = 0; corner < 8; corner++) {
        int rgb = -(corner >> 2) & 0xFF0000 | -(corner >> 1 & 1) & 0xFF00 | -(corner & 1) & 0xFF;
        double[] places = space.place(new int[] {0xFF000000 | rgb});
        double[] lab = lab(rgb, 0.0038);
        assertEquals(lab[0] * 65025 - 32512, places[0], 2);
        assertEquals(lab[1] * space.chromaScale(), places[1], 2);
        assertEquals(lab[2] * space.chromaScale(), places[2], 2);
      }
    }
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

  /** The table of Oklab computes a third of its roots and doubles them. */
  @Test
  void rootsOfTheTableAreCubeRoots() {
    for (int octave = -9; octave < 1; octave++) {
      for (int interval = 0; interval < 128; interval++) {
        double x = StrictMath.scalb(1 + interval / 128.0, octave);
        assertEquals(StrictMath.cbrt(x), Oklab.root(x));
      }
    }
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
