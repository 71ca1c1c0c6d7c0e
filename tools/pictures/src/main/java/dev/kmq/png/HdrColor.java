package dev.kmq.png;

import dev.kmq.image.Palette;

/**
 * Converts colours of HDR images to sRGB: the reference white tone mapping of SMPTE ST 2094-50, as
 * browsers apply it to images of up to 1000 cd/m2 on a standard display. Colours outside sRGB are
 * clipped.
 */
public final class HdrColor {
  /** Luminance of diffuse white, ITU-R BT.2408. */
  private static final double WHITE = 203;

  /** Luminance above which colours are clipped. */
  private static final double PEAK = 1000;

  private static final double MAX = PEAK / WHITE;

  /** Output level of diffuse white. */
  private static final double MAPPED_WHITE = 0.5;

  /** Position of the curve's control point on the tangents at its ends. */
  private static final double KAPPA = 0.65;

  private static final double[] LUMINANCE = Primaries.BT2020.toXyz()[1];

  private final double[][] toBt2020;
  private final double[][] toSrgb = Primaries.BT2020.to(Primaries.SRGB);
  private final double[] light = new double[256];
  private final boolean scene;

  private HdrColor(Primaries primaries, boolean scene) {
    this.toBt2020 = primaries.to(Primaries.BT2020);
    this.scene = scene;
  }

  /** SMPTE ST 2084, perceptual quantizer. */
  static HdrColor pq(Primaries primaries) {
    HdrColor color = new HdrColor(primaries, false);
    double m1 = 2610.0 / 16384;
    double m2 = 2523.0 / 4096 * 128;
    double c1 = 3424.0 / 4096;
    double c2 = 2413.0 / 4096 * 32;
    double c3 = 2392.0 / 4096 * 32;
    for (int i = 0; i < 256; i++) {
      double root = StrictMath.pow(i / 255.0, 1 / m2);
      double y = StrictMath.pow(Math.max(root - c1, 0) / (c2 - c3 * root), 1 / m1);
      color.light[i] = y * 10_000 / WHITE;
    }
    return color;
  }

  /** ITU-R BT.2100, hybrid log-gamma, for a display of 1000 cd/m2. */
  static HdrColor hlg(Primaries primaries) {
    HdrColor color = new HdrColor(primaries, true);
    double a = 0.17883277;
    double b = 1 - 4 * a;
    double c = 0.5 - a * StrictMath.log(4 * a);
    for (int i = 0; i < 256; i++) {
      double v = i / 255.0;
      color.light[i] = v <= 0.5 ? v * v / 3 : (StrictMath.exp((v - c) / a) + b) / 12;
    }
    return color;
  }

  /** Converts ARGB pixels in place; alpha is kept. */
  public void toSrgb(int[] argb) {
    int last = 0xFF000000;
    int lastMapped = 0;
    for (int i = 0; i < argb.length; i++) {
      int color = argb[i] & 0xFFFFFF;
      if (color != last) {
        last = color;
        lastMapped = mapped(color);
      }
      argb[i] = argb[i] & 0xFF000000 | lastMapped;
    }
  }

  /** A palette with its colours converted. */
  public Palette toSrgb(Palette palette) {
    int[] argb = palette.toArgb();
    toSrgb(argb);
    return palette.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  private int mapped(int color) {
    double[] rgb = {light[color >>> 16], light[color >>> 8 & 0xFF], light[color & 0xFF]};
    rgb = Primaries.times(toBt2020, rgb);
    if (scene) {
      double y = LUMINANCE[0] * rgb[0] + LUMINANCE[1] * rgb[1] + LUMINANCE[2] * rgb[2];
      scale(rgb, MAX * StrictMath.pow(Math.max(y, 0), 0.2));
    }
    double max = Math.max(rgb[0], Math.max(rgb[1], rgb[2]));
    if (max > 0) {
      scale(rgb, curve(Math.min(max, MAX)) / Math.min(max, MAX));
    }
    rgb = Primaries.times(toSrgb, rgb);
    return Primaries.toSrgb(rgb[0]) << 16
        | Primaries.toSrgb(rgb[1]) << 8
        | Primaries.toSrgb(rgb[2]);
  }

  /** Linear up to diffuse white, then a quadratic Bezier curve to the peak. */
  private static double curve(double x) {
    if (x <= 1) {
      return x * MAPPED_WHITE;
    }
    double middleX = 1 - KAPPA + KAPPA / MAPPED_WHITE;
    double middleY = (1 - KAPPA) * MAPPED_WHITE + KAPPA;
    double ax = 1 - 2 * middleX + MAX;
    double bx = 2 * (middleX - 1);
    double t = (StrictMath.sqrt(bx * bx + 4 * ax * (x - 1)) - bx) / (2 * ax);
    double ay = MAPPED_WHITE - 2 * middleY + 1;
    double by = 2 * (middleY - MAPPED_WHITE);
    return (ay * t + by) * t + MAPPED_WHITE;
  }

  private static void scale(double[] rgb, double factor) {
    for (int c = 0; c < 3; c++) {
      rgb[c] *= factor;
    }
  }
}
