package dev.kmq.picture;

import dev.kmq.png.Primaries;

/**
 * CIE 1976 L*a*b* to sRGB (IEC 61966-2-1): adapts the file's white point to D65 by the Bradford
 * transform, and clips colours outside sRGB.
 */
final class CieLab {
  private static final double[] D65 = {0.95047, 1, 1.08883};

  private static final double[][] BRADFORD_INVERSE = {
    {0.9869929, -0.1470543, 0.1599627},
    {0.4323053, 0.5183603, 0.0492912},
    {-0.0085287, 0.0400428, 0.9684867}
  };
  private static final double[][] XYZ_TO_RGB = {
    {3.2404542, -1.5371385, -0.4985314},
    {-0.9692660, 1.8760108, 0.0415560},
    {0.0556434, -0.2040259, 1.0572252}
  };

  private static final double EPSILON = 216.0 / 24389;
  private static final double KAPPA = 24389.0 / 27;

  /** With the white point of ICC profiles, the default of files that specify none. */
  static final CieLab D50 = new CieLab(0.9642, 0.8249);

  private final double whiteX;
  private final double whiteZ;
  private final double[] scale = new double[3];

  private CieLab(double whiteX, double whiteZ) {
    this.whiteX = whiteX;
    this.whiteZ = whiteZ;
    double[] from = Primaries.cones(new double[] {whiteX, 1, whiteZ});
    double[] to = Primaries.cones(D65);
    for (int i = 0; i < 3; i++) {
      scale[i] = to[i] / from[i];
    }
  }

  /** With a white point of these chromaticities; an impossible one is replaced by D50. */
  static CieLab withWhite(double x, double y) {
    return x > 0 && y > 0 && x + y < 1 ? new CieLab(x / y, (1 - x - y) / y) : D50;
  }

  /** A colour, L* from 0 to 100, as opaque ARGB. */
  int toRgb(double l, double a, double b) {
    double fy = (l + 16) / 116;
    double y = l > KAPPA * EPSILON ? fy * fy * fy : l / KAPPA;
    double[] color = {whiteX * inverse(fy + a / 500), y, whiteZ * inverse(fy - b / 200)};
    color = Primaries.cones(color);
    for (int i = 0; i < 3; i++) {
      color[i] *= scale[i];
    }
    color = Primaries.times(XYZ_TO_RGB, Primaries.times(BRADFORD_INVERSE, color));
    int argb = 0xFF;
    for (double linear : color) {
      argb = argb << 8 | Primaries.toSrgb(linear);
    }
    return argb;
  }

  private static double inverse(double f) {
    double cube = f * f * f;
    return cube > EPSILON ? cube : (116 * f - 16) / KAPPA;
  }
}
