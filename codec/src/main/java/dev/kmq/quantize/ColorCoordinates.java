package dev.kmq.quantize;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;

/**
 * Coordinates of colours in the space in which distances are measured: three channels; for images
 * with alpha, those of the colour composited on mid-grey, and a multiple of A as a fourth.
 * Coordinates are integers that fit into a short.
 *
 * <p>In RGB they are R*A + b, G*A + b, B*A + b with b = 255*(255 - A)/2 rounded down, 0 to 65025,
 * so a step of an 8-bit channel is {@link #UNITS}. With 3/4 as the weight of the fourth squared,
 * distances would be the mean of the squared errors on black and on white; a weight of 1 is closer
 * to the larger of the two, which is the error measure. In Oklab the distance from black to white
 * is 65025, b is added to the lightness, and a and b are multiplied by a weight of chroma: 0.7
 * without alpha, for photographs above all, and 1.2 with alpha, for icons, whose few coloured
 * pixels would otherwise lose their hue. Both were chosen by SSIMULACRA2. {@link #ORIGIN} is
 * subtracted from coordinates that are never negative, so that sums of squares fit into a long.
 */
public final class ColorCoordinates {
  /** Subtracted from coordinates. */
  static final int ORIGIN = 32512;

  /** Units of a coordinate per step of an 8-bit channel. */
  static final int UNITS = 255;

  private static final double SCALE = 65025;

  /**
   * Units per step of alpha in Oklab, where one coordinate has the lightness that three share in
   * RGB. Chosen for the looks of icons on a dark and a light grey.
   */
  private static final int OKLAB_ALPHA_UNITS = 90;

  private static final double OPAQUE_CHROMA = 0.7;
  private static final double ALPHA_CHROMA = 1.2;

  final Metric metric;

  /** Weight of Oklab's a and b. */
  public final double chroma;

  /** Units of the fourth coordinate per step of alpha. */
  private final int alphaUnits;

  /** Number of coordinates: 3, or 4 with alpha. */
  public final int dims;

  /** The space of a metric, with or without alpha. */
  public ColorCoordinates(Metric metric, boolean alpha) {
    this.metric = metric;
    this.alphaUnits = metric == Metric.RGB ? UNITS : OKLAB_ALPHA_UNITS;
    this.dims = alpha ? 4 : 3;
    this.chroma = alpha ? ALPHA_CHROMA : OPAQUE_CHROMA;
  }

  /** Units of a coordinate per unit of a or b of an opaque colour. */
  public double chromaScale() {
    return chroma * SCALE;
  }

  /** A palette of these entries, with alpha if the space has it. */
  public Palette palette(int[] argb) {
    return dims == 4 ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  /** Coordinates of colours, {@code dims} each. */
  public double[] place(int[] argb) {
    short[] at = new short[argb.length * dims];
    place(argb, at);
    double[] places = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      places[i] = at[i];
    }
    return places;
  }

  /** Writes the coordinates of colours, {@code dims} each. */
  public void place(int[] argb, short[] target) {
    double[] lab = new double[3];
    for (int i = 0; i < argb.length; i++) {
      place(argb[i], target, i * dims, lab);
    }
  }

  /** Writes the coordinates of one colour; {@code lab} is scratch. */
  public void place(int argb, short[] target, int offset, double[] lab) {
    int alpha = dims == 3 ? 255 : argb >>> 24;
    int start = backdrop(alpha) - ORIGIN;
    if (metric == Metric.RGB) {
      target[offset] = (short) ((argb >>> 16 & 0xFF) * alpha + start);
      target[offset + 1] = (short) ((argb >>> 8 & 0xFF) * alpha + start);
      target[offset + 2] = (short) ((argb & 0xFF) * alpha + start);
    } else {
      Oklab.of(argb, lab);
      double scale = SCALE * alpha / 255;
      target[offset] = (short) (Math.rint(scale * lab[0]) + start);
      target[offset + 1] = (short) Math.rint(chroma * scale * lab[1]);
      target[offset + 2] = (short) Math.rint(chroma * scale * lab[2]);
    }
    if (dims == 4) {
      target[offset + 3] = (short) (alphaUnits * alpha - ORIGIN);
    }
  }

  /** The part of a mid-grey background that shows through a colour of this alpha. */
  private static int backdrop(int alpha) {
    return 255 * (255 - alpha) / 2;
  }

  /** The 8-bit colour nearest to a mean of points, as ARGB with straight alpha. */
  public int color(double[] means, int offset) {
    int alpha = dims == 3 ? 255 : round((means[offset + 3] + ORIGIN) / alphaUnits);
    if (alpha == 0) {
      return 0;
    }
    int start = backdrop(alpha) - ORIGIN;
    if (metric == Metric.RGB) {
      return alpha << 24
          | round((means[offset] - start) / alpha) << 16
          | round((means[offset + 1] - start) / alpha) << 8
          | round((means[offset + 2] - start) / alpha);
    }
    double scale = SCALE * alpha / 255;
    int rgb =
        Oklab.near(
            (means[offset] - start) / scale,
            means[offset + 1] / (chroma * scale),
            means[offset + 2] / (chroma * scale));
    return descend(alpha << 24 | rgb, means, offset);
  }

  /**
   * Rounding channels is not the same as rounding in Oklab, so a descent over neighbouring colours
   * follows.
   */
  private int descend(int start, double[] means, int offset) {
    int best = start;
    double least = square(start, means, offset);
    for (int from = -1; from != best; ) {
      from = best;
      for (int step = 0; step < 27; step++) {
        int moved = moved(from, step % 3 - 1, step / 3 % 3 - 1, step / 9 - 1);
        double square = square(moved, means, offset);
        if (square < least) {
          least = square;
          best = moved;
        }
      }
    }
    return best;
  }

  private static int moved(int argb, int red, int green, int blue) {
    return argb & 0xFF000000
        | clamp((argb >>> 16 & 0xFF) + red) << 16
        | clamp((argb >>> 8 & 0xFF) + green) << 8
        | clamp((argb & 0xFF) + blue);
  }

  private double square(int argb, double[] means, int offset) {
    short[] at = new short[dims];
    place(argb, at, 0, new double[3]);
    double sum = 0;
    for (int d = 0; d < dims; d++) {
      double gap = at[d] - means[offset + d];
      sum += gap * gap;
    }
    return sum;
  }

  private static int round(double value) {
    return clamp((int) (value + 0.5));
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
