package dev.kmq.quantize;

/**
 * Oklab of 8-bit sRGB colours and back (Ottosson, A perceptual color space for image processing,
 * 2020), with an offset: the response of a cone is (cbrt(x + {@link #OFFSET}) - cbrt(OFFSET)),
 * scaled so that white stays 1. The slope of a plain cube root is unbounded at black, so palettes
 * would spend entries on shades of black that nobody can tell apart; the offset is about that of
 * the XYB space of JPEG XL. Tables are computed with {@link StrictMath}, all else is exact in Java,
 * so the results are the same on every machine.
 */
final class Oklab {
  /** Linear light of the 256 values of a channel. */
  private static final double[] LINEAR = new double[256];

  /** Each octave of the cube root's table has 2 to the power of this intervals. */
  private static final int INTERVAL_BITS = 7;

  private static final int SHIFT = 52 - INTERVAL_BITS;

  private static final double OFFSET = 0.0038;

  /** The table goes from 2 to the power of this, below the offset, to 2. */
  private static final int LEAST_EXPONENT = -9;

  private static final long FIRST = (long) (Double.MAX_EXPONENT + LEAST_EXPONENT) << INTERVAL_BITS;

  /** Cube roots at the ends of the intervals. */
  private static final double[] ROOTS = new double[(1 - LEAST_EXPONENT << INTERVAL_BITS) + 1];

  static {
    for (int i = 0; i < 256; i++) {
      double x = i / 255.0;
      LINEAR[i] = x <= 0.04045 ? x / 12.92 : StrictMath.pow((x + 0.055) / 1.055, 2.4);
    }
    // The cube root of 8 x is exactly twice that of x, and three octaves are a factor of 8.
    int three = 3 << INTERVAL_BITS;
    for (int i = 0; i < ROOTS.length; i++) {
      ROOTS[i] =
          i < three
              ? StrictMath.cbrt(Double.longBitsToDouble(FIRST + i << SHIFT))
              : 2 * ROOTS[i - three];
    }
  }

  private static final double ROOT_OF_OFFSET = root(OFFSET);
  private static final double SPAN = root(1 + OFFSET) - ROOT_OF_OFFSET;
  private static final double PER_SPAN = 1 / SPAN;

  private Oklab() {}

  /** Writes L (0 to 1), a and b (about -0.4 to 0.4). */
  static void of(int rgb, double[] lab) {
    double r = LINEAR[rgb >>> 16 & 0xFF];
    double g = LINEAR[rgb >>> 8 & 0xFF];
    double b = LINEAR[rgb & 0xFF];
    double l = cone(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cone(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cone(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    lab[0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    lab[1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    lab[2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
  }

  private static double cone(double light) {
    return (root(light + OFFSET) - ROOT_OF_OFFSET) * PER_SPAN;
  }

  /** The cube root, interpolated; the error is below 3e-6. */
  static double root(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int i = (int) ((bits >>> SHIFT) - FIRST);
    double within = (bits & (1L << SHIFT) - 1) * (1.0 / (1L << SHIFT));
    return ROOTS[i] + within * (ROOTS[i + 1] - ROOTS[i]);
  }

  /**
   * An 8-bit colour close to a point in Oklab; values outside sRGB are clamped channel by channel.
   */
  static int near(double lightness, double a, double b) {
    double l = light(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = light(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = light(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
        | channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
        | channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
  }

  private static double light(double cone) {
    double root = cone * SPAN + ROOT_OF_OFFSET;
    return root * root * root - OFFSET;
  }

  /** The value whose linear light is nearest. */
  private static int channel(double linear) {
    int low = 0;
    int high = 255;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (linear > (LINEAR[middle] + LINEAR[middle + 1]) / 2) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
