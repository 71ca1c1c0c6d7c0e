package dev.kmq.remap;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorCoordinates;

/**
 * Errors in Oklab, weighted by an {@link ActivityMask} and scaled so that black to white is the
 * same as in RGB. Lightness and chroma count alike: less weight on chroma, which suits palettes,
 * looks worse here at equal bytes.
 */
final class MaskedErrors implements PixelErrors {
  /** Squared distance from black to white in RGB, over that in coordinates. */
  private static final float SCALE = 3f / (255 * 255);

  private final ColorCoordinates space;
  private final int dims;

  /** The weight of a squared step of a or b relative to one of lightness. */
  private final float chromaWeight;

  private final ActivityMask mask;
  private final float[] weights;
  private short[] row = {};
  private int[] argb = {};
  private short[] places = {};

  /** For each entry the weighted sums of its pixels' coordinates, and the weights. */
  private double[] sums = {};

  MaskedErrors(PixelSource pixels, boolean alpha) {
    this.space = new ColorCoordinates(Metric.OKLAB, alpha);
    this.dims = space.dims;
    this.chromaWeight = (float) (1 / (space.chroma * space.chroma));
    this.mask = new ActivityMask(pixels, space);
    this.weights = new float[pixels.width()];
  }

  @Override
  public void start(Palette palette) {
    argb = palette.toArgb();
    places = new short[argb.length * dims];
    space.place(argb, places);
    sums = new double[argb.length * (dims + 1)];
    mask.restart();
  }

  @Override
  public int[] nextRow() {
    row = mask.nextRow(weights);
    return mask.row();
  }

  @Override
  public double error(int x, int entry) {
    return weights[x] * square(row, x, entry);
  }

  @Override
  public double gap(int from, int to) {
    return square(places, from, to);
  }

  private float square(short[] points, int point, int entry) {
    int a = point * dims;
    int b = entry * dims;
    float lightness = points[a] - places[b];
    float green = points[a + 1] - places[b + 1];
    float blue = points[a + 2] - places[b + 2];
    float alpha = dims == 4 ? points[a + 3] - places[b + 3] : 0;
    float chroma = chromaWeight * (green * green + blue * blue);
    return SCALE * (lightness * lightness + chroma + alpha * alpha);
  }

  @Override
  public void add(int x, int entry) {
    int at = entry * (dims + 1);
    double weight = weights[x];
    for (int d = 0; d < dims; d++) {
      sums[at + d] += weight * row[x * dims + d];
    }
    sums[at + dims] += weight;
  }

  @Override
  public int mean(int entry) {
    int at = entry * (dims + 1);
    double weight = sums[at + dims];
    int before = argb[entry] >>> 24;
    if (weight == 0 || before == 0) {
      return argb[entry];
    }
    double[] mean = new double[dims];
    for (int d = 0; d < dims; d++) {
      mean[d] = sums[at + d] / weight;
    }
    if (dims == 4 && before == 255) {
      mean[3] = places[entry * dims + 3];
    }
    return space.color(mean, 0);
  }
}
