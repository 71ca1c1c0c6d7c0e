package dev.kmq.quantize;

import java.util.Arrays;

/**
 * Colours as weighted points of the space in which distances are measured: channels premultiplied
 * by alpha, (R*A, G*A, B*A) and for pictures with alpha 255*A, 0 to 65025 each, less {@link
 * #ORIGIN}. An opaque colour is one of A = 255, so 255 units are a step of an 8-bit channel.
 */
final class Points {
  /** Taken off each coordinate, so that it fits a short and sums of squares fit a long. */
  static final int ORIGIN = 32512;

  /** Units of a coordinate to a step of an 8-bit channel. */
  static final int UNITS = 255;

  final int dims;
  final int size;

  /** Coordinates, {@code dims} a point. */
  final short[] at;

  /** Pixels of each point. */
  final int[] weight;

  /** The sum over pixels of the squared distance from {@link #ORIGIN}. */
  final long squares;

  private Points(int dims, short[] at, int[] weight) {
    this.dims = dims;
    this.size = weight.length;
    this.at = at;
    this.weight = weight;
    this.squares = sumOfSquares();
  }

  /** One point a colour, with alpha if the histogram has it. */
  static Points of(ColorHistogram histogram) {
    return of(histogram, histogram.hasAlpha() ? 4 : 3);
  }

  /** One point a colour, in 3 dimensions as if it were opaque. */
  static Points of(ColorHistogram histogram, int dims) {
    int n = histogram.size();
    short[] at = new short[n * dims];
    int[] weight = new int[n];
    for (int i = 0; i < n; i++) {
      place(histogram.argb(i), dims, at, i * dims);
      weight[i] = histogram.count(i);
    }
    return new Points(dims, at, weight);
  }

  /** One point a group of consecutive points, at their mean; {@code ends} are where groups end. */
  Points grouped(int[] ends) {
    short[] means = new short[ends.length * dims];
    int[] weights = new int[ends.length];
    long[] sums = new long[dims];
    int i = 0;
    for (int g = 0; g < ends.length; g++) {
      Arrays.fill(sums, 0);
      int total = 0;
      for (; i < ends[g]; i++) {
        int w = weight[i];
        total += w;
        for (int d = 0; d < dims; d++) {
          sums[d] += (long) w * at[i * dims + d];
        }
      }
      weights[g] = total;
      for (int d = 0; d < dims; d++) {
        means[g * dims + d] = (short) Math.floorDiv(2 * sums[d] + total, 2L * total);
      }
    }
    return new Points(dims, means, weights);
  }

  private long sumOfSquares() {
    long sum = 0;
    for (int i = 0, at0 = 0; i < size; i++) {
      long square = 0;
      for (int d = 0; d < dims; d++, at0++) {
        square += (long) at[at0] * at[at0];
      }
      sum += square * weight[i];
    }
    return sum;
  }

  /** The distance of point {@code i} from point {@code j} of others. */
  float apart(int i, Points others, int j) {
    double sum = 0;
    for (int d = 0; d < dims; d++) {
      double gap = at[i * dims + d] - others.at[j * dims + d];
      sum += gap * gap;
    }
    return (float) Math.sqrt(sum);
  }

  /** Writes the coordinates of a colour in 3 or 4 dimensions. */
  static void place(int argb, int dims, short[] target, int offset) {
    int scale = dims == 3 ? 255 : argb >>> 24;
    target[offset] = (short) ((argb >>> 16 & 0xFF) * scale - ORIGIN);
    target[offset + 1] = (short) ((argb >>> 8 & 0xFF) * scale - ORIGIN);
    target[offset + 2] = (short) ((argb & 0xFF) * scale - ORIGIN);
    if (dims == 4) {
      target[offset + 3] = (short) (255 * scale - ORIGIN);
    }
  }

  /** Coordinates of colours, {@code dims} each. */
  static double[] place(int[] argb, int dims) {
    short[] at = new short[dims];
    double[] places = new double[argb.length * dims];
    for (int c = 0; c < argb.length; c++) {
      place(argb[c], dims, at, 0);
      for (int d = 0; d < dims; d++) {
        places[c * dims + d] = at[d];
      }
    }
    return places;
  }

  /** The 8-bit colour nearest to a mean of points, as ARGB with straight alpha. */
  static int color(double[] means, int offset, int dims) {
    int alpha = dims == 3 ? 255 : round((means[offset + 3] + ORIGIN) / 255);
    if (alpha == 0) {
      return 0;
    }
    return alpha << 24
        | round((means[offset] + ORIGIN) / alpha) << 16
        | round((means[offset + 1] + ORIGIN) / alpha) << 8
        | round((means[offset + 2] + ORIGIN) / alpha);
  }

  private static int round(double value) {
    return Math.max(0, Math.min(255, (int) (value + 0.5)));
  }
}
