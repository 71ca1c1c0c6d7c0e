package dev.kmq.cli.report;

import dev.kmq.image.ColorError;
import dev.kmq.image.Palette;
import java.util.Arrays;

/**
 * The colours of an error map. They grow lighter with the error, from black for none through violet
 * and red to pale yellow, on a logarithmic scale that is the same for all images: one step for
 * every factor of the same size in error + 1.
 */
public final class ErrorScale {
  /** Number of colours. */
  public static final int COLORS = 256;

  /** The largest error: that of white from black. */
  static final double MAX_ERROR = 255 * Math.sqrt(3);

  /** A squared error of 1 as {@link ColorError#scaledSquare} gives it. */
  private static final int SQUARE = 255 * 255;

  /** Colours at equal distances: equal steps of lightness in Oklab. */
  private static final int[] ANCHORS = {
    0x000000, 0x010005, 0x0B0019, 0x1F002D, 0x37013D, 0x530148, 0x70024E, 0x8F024F, 0xAF0948,
    0xC72C3E, 0xDC472D, 0xEE630B, 0xF78408, 0xFFA218, 0xFFC24E, 0xFFDF77, 0xFFFAAA
  };

  /** The least squared error of each colour but the first, scaled; increasing. */
  private static final long[] LEAST = squares();

  private ErrorScale() {}

  private static long[] squares() {
    long[] least = new long[COLORS - 1];
    for (int i = 1; i < COLORS; i++) {
      double error = error(i);
      least[i - 1] = Math.max(1, (long) (error * error * SQUARE));
    }
    return least;
  }

  /** The least error that gets a colour of the scale; not 0, but very small, for the second. */
  private static double error(int color) {
    double share = (color - 1) / (COLORS - 2.0);
    return StrictMath.expm1(share * StrictMath.log1p(MAX_ERROR));
  }

  /** The thresholds between the colours, as {@link ColorError#scaledSquare} gives them. */
  static long[] thresholds() {
    return LEAST.clone();
  }

  /** The colour of the error between two colours. */
  static int index(int argb, int other) {
    if (argb == other) {
      return 0;
    }
    int found = Arrays.binarySearch(LEAST, ColorError.scaledSquare(argb, other));
    return found < 0 ? -found - 1 : found + 1;
  }

  /** The colours of the scale, from no error to the largest. */
  static Palette palette() {
    int[] colors = new int[COLORS];
    for (int i = 0; i < COLORS; i++) {
      int at = i * (ANCHORS.length - 1);
      int from = ANCHORS[at / (COLORS - 1)];
      int to = ANCHORS[Math.min(ANCHORS.length - 1, at / (COLORS - 1) + 1)];
      int part = at % (COLORS - 1);
      colors[i] = mixed(from, to, part, 16) | mixed(from, to, part, 8) | mixed(from, to, part, 0);
    }
    return Palette.ofRgb(colors);
  }

  private static int mixed(int from, int to, int part, int shift) {
    int a = from >>> shift & 0xFF;
    int b = to >>> shift & 0xFF;
    int whole = COLORS - 1;
    return (a * (whole - part) + b * part + whole / 2) / whole << shift;
  }
}
