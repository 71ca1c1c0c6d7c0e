package dev.kmq.png;

import org.jspecify.annotations.Nullable;

/**
 * Chromaticities (CIE 1931 x, y) of the white point and the three primaries of an RGB space.
 *
 * @param whiteX x of white
 * @param whiteY y of white
 * @param redX x of red
 * @param redY y of red
 * @param greenX x of green
 * @param greenY y of green
 * @param blueX x of blue
 * @param blueY y of blue
 */
public record Primaries(
    double whiteX,
    double whiteY,
    double redX,
    double redY,
    double greenX,
    double greenY,
    double blueX,
    double blueY) {
  /** XYZ of the white of ICC's connection space. */
  static final double[] D50 = {0.9642, 1, 0.8249};

  public static final Primaries SRGB = ofD65(0.640, 0.330, 0.300, 0.600, 0.150, 0.060);
  static final Primaries BT2020 = ofD65(0.708, 0.292, 0.170, 0.797, 0.131, 0.046);

  /** Encoders round, and some write D65 with other digits. */
  private static final double SRGB_TOLERANCE = 0.005;

  /** Twice the area of the triangle of primaries; that of sRGB is 0.22. */
  private static final double SMALLEST_AREA = 1e-4;

  private static final double[][] BRADFORD = {
    {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
  };

  /** With the white of sRGB. */
  public static Primaries ofD65(double rx, double ry, double gx, double gy, double bx, double by) {
    return new Primaries(0.3127, 0.3290, rx, ry, gx, gy, bx, by);
  }

  private static Primaries ofC(double rx, double ry, double gx, double gy, double bx, double by) {
    return new Primaries(0.310, 0.316, rx, ry, gx, gy, bx, by);
  }

  /** The primaries of a code in ITU-T H.273, table 2, or null if the code has none. */
  static @Nullable Primaries ofCode(int code) {
    return switch (code) {
      case 1 -> SRGB;
      case 4 -> ofC(0.67, 0.33, 0.21, 0.71, 0.14, 0.08);
      case 5 -> ofD65(0.64, 0.33, 0.29, 0.60, 0.15, 0.06);
      case 6, 7 -> ofD65(0.630, 0.340, 0.310, 0.595, 0.155, 0.070);
      case 8 -> ofC(0.681, 0.319, 0.243, 0.692, 0.145, 0.049);
      case 9 -> BT2020;
      case 10 -> new Primaries(1.0 / 3, 1.0 / 3, 1, 0, 0, 1, 0, 0);
      case 11 -> new Primaries(0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060);
      case 12 -> ofD65(0.680, 0.320, 0.265, 0.690, 0.150, 0.060);
      case 22 -> ofD65(0.630, 0.340, 0.295, 0.605, 0.155, 0.077);
      default -> null;
    };
  }

  /** Whether these are the primaries of sRGB, up to rounding. */
  public boolean isSrgb() {
    return near(whiteX, SRGB.whiteX)
        && near(whiteY, SRGB.whiteY)
        && near(redX, SRGB.redX)
        && near(redY, SRGB.redY)
        && near(greenX, SRGB.greenX)
        && near(greenY, SRGB.greenY)
        && near(blueX, SRGB.blueX)
        && near(blueY, SRGB.blueY);
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= SRGB_TOLERANCE;
  }

  /** Whether the primaries span a triangle with white inside. */
  public boolean isValid() {
    if (!(whiteX > 0 && whiteY > 0 && whiteX + whiteY < 1)) {
      return false;
    }
    double[][] unscaled = unscaled();
    if (!(Math.abs(determinant(unscaled)) >= SMALLEST_AREA)) {
      return false;
    }
    for (double scale : times(inverse(unscaled), white())) {
      if (!(scale > 0)) {
        return false;
      }
    }
    return true;
  }

  /** From linear RGB to XYZ, with Y = 1 for white. */
  public double[][] toXyz() {
    double[][] matrix = unscaled();
    double[] scale = times(inverse(matrix), white());
    for (double[] row : matrix) {
      for (int c = 0; c < 3; c++) {
        row[c] *= scale[c];
      }
    }
    return matrix;
  }

  /** The responses of Bradford's cones to a colour in XYZ. */
  public static double[] cones(double[] xyz) {
    return times(BRADFORD, xyz);
  }

  /** From the XYZ of this white to that of D50, by Bradford's cones. */
  public double[][] toD50() {
    double[] from = cones(white());
    double[] to = cones(D50);
    double[][] scaled = new double[3][3];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        scaled[r][c] = BRADFORD[r][c] * to[r] / from[r];
      }
    }
    return times(inverse(BRADFORD), scaled);
  }

  /** From linear RGB of these primaries to that of others; white maps to white. */
  double[][] to(Primaries other) {
    return times(inverse(times(other.toD50(), other.toXyz())), times(toD50(), toXyz()));
  }

  private double[] white() {
    return new double[] {whiteX / whiteY, 1, (1 - whiteX - whiteY) / whiteY};
  }

  private double[][] unscaled() {
    return new double[][] {
      {redX, greenX, blueX},
      {redY, greenY, blueY},
      {1 - redX - redY, 1 - greenX - greenY, 1 - blueX - blueY}
    };
  }

  /** The nearest of 256 levels of sRGB (IEC 61966-2-1) for linear light, clipped to 0 to 1. */
  public static int toSrgb(double linear) {
    double v = Math.min(Math.max(linear, 0), 1);
    double s = v <= 0.0031308 ? 12.92 * v : 1.055 * StrictMath.pow(v, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * s);
  }

  public static double[] times(double[][] m, double[] v) {
    double[] product = new double[3];
    for (int r = 0; r < 3; r++) {
      product[r] = m[r][0] * v[0] + m[r][1] * v[1] + m[r][2] * v[2];
    }
    return product;
  }

  public static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[3][3];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        product[r][c] = a[r][0] * b[0][c] + a[r][1] * b[1][c] + a[r][2] * b[2][c];
      }
    }
    return product;
  }

  private static double determinant(double[][] m) {
    return m[0][0] * cofactor(m, 0, 0) + m[0][1] * cofactor(m, 0, 1) + m[0][2] * cofactor(m, 0, 2);
  }

  private static double cofactor(double[][] m, int r, int c) {
    int r1 = (r + 1) % 3;
    int r2 = (r + 2) % 3;
    int c1 = (c + 1) % 3;
    int c2 = (c + 2) % 3;
    return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
  }

  public static double[][] inverse(double[][] m) {
    double determinant = determinant(m);
    double[][] inverse = new double[3][3];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        inverse[r][c] = cofactor(m, c, r) / determinant;
      }
    }
    return inverse;
  }
}
