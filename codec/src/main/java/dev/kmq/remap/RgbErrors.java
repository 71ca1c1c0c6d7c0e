package dev.kmq.remap;

import dev.kmq.image.ColorError;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;

/** Errors in RGB; of translucent colours, the larger of those on black and on white. */
final class RgbErrors implements PixelErrors {
  private static final int CHANNELS = 4;

  private final PixelSource pixels;
  private final boolean alpha;
  private final int[] row;
  private int next;
  private int[] argb = {};

  /** For each entry the sums of its pixels' channels times alpha, and of alpha. */
  private long[] sums = {};

  private long[] counts = {};

  RgbErrors(PixelSource pixels, boolean alpha) {
    this.pixels = pixels;
    this.alpha = alpha;
    this.row = new int[pixels.width()];
  }

  @Override
  public void start(Palette palette) {
    argb = palette.toArgb();
    sums = new long[CHANNELS * argb.length];
    counts = new long[argb.length];
    next = 0;
  }

  @Override
  public int[] nextRow() {
    pixels.readRows(next++, 1, row);
    return row;
  }

  @Override
  public double error(int x, int entry) {
    return square(row[x], argb[entry]);
  }

  @Override
  public double gap(int from, int to) {
    return square(argb[from], argb[to]);
  }

  private double square(int a, int b) {
    if (alpha) {
      return ColorError.scaledSquare(a, b) / (255.0 * 255.0);
    }
    int red = (a >>> 16 & 0xFF) - (b >>> 16 & 0xFF);
    int green = (a >>> 8 & 0xFF) - (b >>> 8 & 0xFF);
    int blue = (a & 0xFF) - (b & 0xFF);
    return red * red + green * green + blue * blue;
  }

  @Override
  public void add(int x, int entry) {
    int pixel = row[x];
    int at = CHANNELS * entry;
    long weight = alpha ? pixel >>> 24 : 1;
    sums[at] += weight * (pixel >>> 16 & 0xFF);
    sums[at + 1] += weight * (pixel >>> 8 & 0xFF);
    sums[at + 2] += weight * (pixel & 0xFF);
    sums[at + 3] += weight;
    counts[entry]++;
  }

  @Override
  public int mean(int entry) {
    int at = CHANNELS * entry;
    int before = argb[entry] >>> 24;
    if (sums[at + 3] == 0 || before == 0) {
      return argb[entry];
    }
    long count = counts[entry];
    boolean opaque = before == 255;
    long weight = !alpha ? count : opaque ? 255 * count : sums[at + 3];
    int opacity = !alpha || opaque ? 255 : rounded(weight, count);
    return opacity << 24
        | rounded(sums[at], weight) << 16
        | rounded(sums[at + 1], weight) << 8
        | rounded(sums[at + 2], weight);
  }

  private static int rounded(long sum, long count) {
    return (int) ((2 * sum + count) / (2 * count));
  }
}
