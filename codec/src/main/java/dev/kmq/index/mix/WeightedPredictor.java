package dev.kmq.index.mix;

import java.util.Arrays;

/**
 * Predicts a colour from the neighbours: a mean of six predictions, each weighted by its errors at
 * the pixels around (specification, rule M-6; compare the weighted predictor of JPEG XL, ISO/IEC
 * 18181-1).
 */
final class WeightedPredictor {
  private static final int LEFT = 2;
  private static final int RIGHT = 2;
  private static final long PAIR = 0x0000_FFFF_0000_FFFFL;

  /** Weight of a prediction by its error, 2^24 / (error + 16)^2. */
  private static final int[] WEIGHTS = new int[2048];

  static {
    for (int error = 0; error < WEIGHTS.length; error++) {
      WEIGHTS[error] = (1 << 24) / ((error + 16) * (error + 16));
    }
  }

  /** Predictions for the current pixel. */
  private long alongNe;

  private long shifted;
  private long slopeOfW;
  private long slopeOfN;
  private long ne;
  private long nw;

  /**
   * Errors of the predictions for each pixel of this row and the one above, with margins: four in a
   * {@code long}, the other two in an {@code int}.
   */
  private long[] fours;

  private int[] twos;
  private long[] foursAbove;
  private int[] twosAbove;
  private int at;

  /** Memory for the rows in bytes. */
  static long bytes(int width) {
    return (2L * Long.BYTES + 2L * Integer.BYTES) * width;
  }

  WeightedPredictor(int width) {
    fours = new long[LEFT + width + RIGHT];
    twos = new int[LEFT + width + RIGHT];
    foursAbove = new long[LEFT + width + RIGHT];
    twosAbove = new int[LEFT + width + RIGHT];
  }

  /** Moves to the first pixel of the next row. */
  void startRow() {
    long[] free = foursAbove;
    foursAbove = fours;
    fours = free;
    int[] freeTwos = twosAbove;
    twosAbove = twos;
    twos = freeTwos;
    at = LEFT;
    fillMargins(fours, foursAbove);
    fillMargins(twos, twosAbove);
  }

  /**
   * The left margin of a row repeats the pixel above its first, the right margin its last pixel.
   */
  private static void fillMargins(long[] row, long[] above) {
    Arrays.fill(row, 0, LEFT, above[LEFT]);
    int end = above.length - RIGHT;
    Arrays.fill(above, end, above.length, above[end - 1]);
  }

  private static void fillMargins(int[] row, int[] above) {
    Arrays.fill(row, 0, LEFT, above[LEFT]);
    int end = above.length - RIGHT;
    Arrays.fill(above, end, above.length, above[end - 1]);
  }

  /** Predicts a pixel from the colours of its neighbours. */
  void predict(long w, long n, long ne, long nw, long ww, long nn, long nne) {
    alongNe = PackedColors.gradient(n, ne, nne);
    shifted = PackedColors.gradient(w, ne, n);
    slopeOfW = PackedColors.gradient(w, w, ww);
    slopeOfN = PackedColors.gradient(n, n, nn);
    this.ne = ne;
    this.nw = nw;
  }

  /** Linear extrapolation 2W - WW, clamped. */
  long slopeOfW() {
    return slopeOfW;
  }

  long slopeOfN() {
    return slopeOfN;
  }

  /** The predicted colour in quarters, as {@link PackedColors}. */
  long quarters() {
    long four = around(fours, foursAbove);
    int two = around(twos, twosAbove);
    int a = weight(four);
    int b = weight(four >>> 16);
    int c = weight(four >>> 32);
    int d = weight(four >>> 48);
    int e = weight(two);
    int f = weight(two >>> 16);
    long redBlue =
        a * (alongNe & PAIR)
            + b * (shifted & PAIR)
            + c * (slopeOfW & PAIR)
            + d * (slopeOfN & PAIR)
            + e * (ne & PAIR)
            + f * (nw & PAIR);
    long greenAlpha =
        a * (alongNe >>> 16 & PAIR)
            + b * (shifted >>> 16 & PAIR)
            + c * (slopeOfW >>> 16 & PAIR)
            + d * (slopeOfN >>> 16 & PAIR)
            + e * (ne >>> 16 & PAIR)
            + f * (nw >>> 16 & PAIR);
    int sum = a + b + c + d + e + f;
    double share = 1.0 / sum;
    double half = (sum >> 1) + 0.5;
    return quotients(redBlue, half, share) | quotients(greenAlpha, half, share) << 16;
  }

  /**
   * Four times two sums over their weight, rounded. The half added to an integer keeps the quotient
   * 1 / (2 * weight) away from the next integer, far more than the error of a {@code double}. So
   * one division serves all four channels.
   */
  private static long quotients(long sums, double half, double share) {
    int low = (int) ((4 * (int) sums + half) * share);
    int high = (int) ((4 * (int) (sums >>> 32) + half) * share);
    return low | (long) high << 32;
  }

  /** Errors at W, WW, NWW, NW, N, NE and NEE, added up. */
  private long around(long[] row, long[] above) {
    return row[at - 2]
        + row[at - 1]
        + above[at - 2]
        + above[at - 1]
        + above[at]
        + above[at + 1]
        + above[at + 2];
  }

  private int around(int[] row, int[] above) {
    return row[at - 2]
        + row[at - 1]
        + above[at - 2]
        + above[at - 1]
        + above[at]
        + above[at + 1]
        + above[at + 2];
  }

  private static int weight(long errors) {
    return WEIGHTS[Math.min((int) errors & 0xFFFF, WEIGHTS.length - 1)];
  }

  /** Moves to the next pixel; the current one is exactly as predicted. */
  void addExact() {
    fours[at] = 0;
    twos[at] = 0;
    at++;
  }

  /** Moves to the next pixel; the current one has this colour. */
  void add(long color) {
    fours[at] =
        PackedColors.distance(color, alongNe)
            | (long) PackedColors.distance(color, shifted) << 16
            | (long) PackedColors.distance(color, slopeOfW) << 32
            | (long) PackedColors.distance(color, slopeOfN) << 48;
    twos[at] = PackedColors.distance(color, ne) | PackedColors.distance(color, nw) << 16;
    at++;
  }
}
