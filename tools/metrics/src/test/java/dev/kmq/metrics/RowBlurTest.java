package dev.kmq.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The filter against plain loops, and its Gaussian against the recursion of its source. */
class RowBlurTest {
  private static final double SIGMA = 1.5;

  @Property(tries = 100)
  void filtersAsPlainLoopsDo(
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll RowBlur.Edge edge,
      @ForAll long seed) {
    float[] image = noise(width * height, seed);
    float[] taps = Ssimulacra2.TAPS;
    int radius = taps.length - 1;
    RowBlur blur = new RowBlur(width, height, taps, edge);
    float[] out = new float[width];
    int put = 0;
    for (int y = 0; y < height; y++) {
      for (; put <= Math.min(height - 1, y + radius); put++) {
        blur.put(put, image, put * width);
      }
      blur.get(y, out);
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int dy = -radius; dy <= radius; dy++) {
          for (int dx = -radius; dx <= radius; dx++) {
            double weight = (double) taps[Math.abs(dx)] * taps[Math.abs(dy)];
            sum += weight * sample(image, width, height, x + dx, y + dy, edge);
          }
        }
        assertEquals(sum, out[x], 2e-6, "at " + x + ", " + y);
      }
    }
  }

  private static float sample(
      float[] image, int width, int height, int x, int y, RowBlur.Edge edge) {
    if (edge == RowBlur.Edge.ZERO && (x < 0 || y < 0 || x >= width || y >= height)) {
      return 0;
    }
    int row = Math.max(0, Math.min(height - 1, y));
    return image[row * width + Math.max(0, Math.min(width - 1, x))];
  }

  private static float[] noise(int length, long seed) {
    Random random = new Random(seed);
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = random.nextFloat();
    }
    return noise;
  }

  @Test
  void theGaussianIsTheRecursiveOne() {
    float[] row = noise(200, 3);
    RowBlur blur = new RowBlur(row.length, 1, Ssimulacra2.TAPS, RowBlur.Edge.ZERO);
    blur.put(0, row, 0);
    float[] out = new float[row.length];
    blur.get(0, out);
    double[] expected = recursive(row);
    // A single row has the weight of the centre.
    double centre = Ssimulacra2.TAPS[0];
    for (int i = 0; i < row.length; i++) {
      assertEquals(expected[i] * centre, out[i], 1e-6, "sample " + i);
    }
  }

  /**
   * Charalampidis's recursive filter: three second-order recursions whose outputs are added.
   * Equation numbers are those of the paper.
   */
  private static double[] recursive(float[] in) {
    int radius = (int) Math.round(3.2795 * SIGMA + 0.2546); // (57)
    double[] amplitudes = amplitudes(radius);
    double[] out = new double[in.length];
    for (int k = 0; k < 3; k++) {
      double omega = (2 * k + 1) * Math.PI / (2 * radius);
      double gain = -amplitudes[k] * Math.cos(omega * (radius + 1)); // (33)
      double last = 0;
      double beforeLast = 0;
      for (int n = 1 - radius; n < in.length; n++) {
        double sum = at(in, n - radius - 1) + at(in, n + radius - 1);
        double next = gain * sum + 2 * Math.cos(omega) * last - beforeLast; // (35)
        beforeLast = last;
        last = next;
        if (n >= 0) {
          out[n] += next;
        }
      }
    }
    return out;
  }

  private static double at(float[] in, int i) {
    return i < 0 || i >= in.length ? 0 : in[i];
  }

  /** Solves (53): sum 1, the variance of the Gaussian, and the least squares of the rest. */
  private static double[] amplitudes(int radius) {
    double[] p = new double[3];
    double[] r = new double[3];
    double[] rho = new double[3];
    for (int k = 0; k < 3; k++) {
      double omega = (2 * k + 1) * Math.PI / (2 * radius);
      double sign = k == 1 ? -1 : 1;
      p[k] = sign / Math.tan(omega / 2); // (37)
      r[k] = sign * p[k] * p[k] / Math.sin(omega); // (44)
      rho[k] = Math.exp(-SIGMA * SIGMA * omega * omega / 2) / radius; // (50)
    }
    double d = p[0] * r[1] - r[0] * p[1]; // (52)
    double zeta1 = (p[1] * r[2] - r[1] * p[2]) / d;
    double zeta3 = (p[2] * r[0] - r[2] * p[0]) / d;
    double[][] matrix = {p, r, {zeta1, zeta3, 1}};
    double variance = radius * radius - SIGMA * SIGMA; // (55)
    double[] right = {1, variance, zeta1 * rho[0] + zeta3 * rho[1] + rho[2]};
    double whole = determinant(matrix);
    double[] amplitudes = new double[3];
    for (int column = 0; column < 3; column++) {
      double[][] replaced = new double[3][];
      for (int row = 0; row < 3; row++) {
        replaced[row] = matrix[row].clone();
        replaced[row][column] = right[row];
      }
      amplitudes[column] = determinant(replaced) / whole;
    }
    return amplitudes;
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  @Test
  void tapsAddUpToOne() {
    double sum = Ssimulacra2.TAPS[0];
    for (int i = 1; i < Ssimulacra2.TAPS.length; i++) {
      sum += 2 * Ssimulacra2.TAPS[i];
    }
    assertEquals(1, sum, 1e-7);
  }
}
