package dev.kmq.remap;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.quantize.ColorCoordinates;
import dev.kmq.quantize.NearestColor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For each colour the two entries that it is dithered between, cached: the nearest entry, and the
 * one near it that gives the mixture of least cost. The cost is the squared error of the mixture's
 * mean plus 0.1 times its variance, because the eye averages most of the noise out. So a distant
 * entry is chosen only if no nearer one is in the direction of the colour, and none of a hue
 * foreign to it ({@link LocalHues}). Fully transparent pixels are not dithered. An instance is for
 * one thread at a time.
 */
final class EntryPairs {
  private static final int BITS = 14;

  /** Number of entries around the nearest one that are tried. */
  private static final int NEAR = 24;

  /** Share of a mixture's variance that counts. */
  private static final double NOISE = 0.1;

  private final NearestColor nearest;
  private final int[] argb;
  private final ColorCoordinates space;
  private final double[] places;
  private final LocalHues hues;
  private final long[] sets;
  private final short[] at = new short[4];
  private final double[] lab = new double[3];
  private final double[] wanted = new double[4];

  /** Lists for opaque pixels, followed by those for translucent ones. */
  private final int[] @Nullable [] around;

  private final int[] colors = new int[1 << BITS];

  /**
   * First entry plus 1, second entry, and its share, for the colour in the same slot. The second is
   * the lighter one, so that a gradient from one to the other fills the mask in one order.
   */
  private final int[] firsts = new int[1 << BITS];

  private final int[] seconds = new int[1 << BITS];
  private final short[] shares = new short[1 << BITS];

  /**
   * Pairs of the entries of a palette.
   *
   * @param metric of the nearest entry
   * @param mixing the space in which colours are mixed
   */
  EntryPairs(Palette palette, Metric metric, Metric mixing, LocalHues hues) {
    this.nearest = new NearestColor(palette, metric);
    this.argb = palette.toArgb();
    this.space = new ColorCoordinates(mixing, palette.hasAlpha());
    this.places = space.place(argb);
    this.hues = hues;
    this.sets = hues.ofEntries(palette);
    this.around = new int[2 * argb.length][];
  }

  /**
   * The entry of a colour at a place.
   *
   * @param threshold the mask's, 0 to {@code ThresholdMask.ONE - 1}
   */
  int index(int color, int threshold) {
    int slot = (color * 0x9E3779B1) >>> (32 - BITS);
    if (firsts[slot] == 0 || colors[slot] != color) {
      colors[slot] = color;
      find(color, slot);
    }
    return threshold < shares[slot] ? seconds[slot] : firsts[slot] - 1;
  }

  private void find(int color, int slot) {
    int entry = nearest.index(color);
    firsts[slot] = entry + 1;
    shares[slot] = 0;
    if (color >>> 24 == 0) {
      return;
    }
    space.place(color, at, 0, lab);
    for (int d = 0; d < space.dims; d++) {
      wanted[d] = at[d];
    }
    long home = hues.ofPixel(color);
    double least = Double.MAX_VALUE;
    for (int other : around(entry, color)) {
      double along = product(entry, other, wanted, 0);
      if (along <= 0 || (sets[other] & home) == 0) {
        continue;
      }
      double length = product(entry, other, places, other * space.dims);
      double share = along / length;
      double off = square(entry) - along * share;
      double cost = off + NOISE * share * (1 - share) * length;
      if (cost < least) {
        least = cost;
        seconds[slot] = other;
        shares[slot] = (short) Math.min(ThresholdMask.ONE, share * ThresholdMask.ONE + 0.5);
      }
    }
    if (shares[slot] > 0 && luma(argb[seconds[slot]]) < luma(argb[entry])) {
      firsts[slot] = seconds[slot] + 1;
      seconds[slot] = entry;
      shares[slot] = (short) (ThresholdMask.ONE - shares[slot]);
    }
  }

  /** The scalar product of the vectors from one entry to another, and to a point. */
  private double product(int from, int to, double[] point, int offset) {
    double sum = 0;
    for (int d = 0; d < space.dims; d++) {
      double start = places[from * space.dims + d];
      sum += (places[to * space.dims + d] - start) * (point[offset + d] - start);
    }
    return sum;
  }

  /** The squared distance of the wanted colour from an entry. */
  private double square(int entry) {
    double sum = 0;
    for (int d = 0; d < space.dims; d++) {
      double gap = wanted[d] - places[entry * space.dims + d];
      sum += gap * gap;
    }
    return sum;
  }

  /** Luma with the weights of ITU-R BT.709, then alpha, so that few entries are equal. */
  private static long luma(int argb) {
    int alpha = argb >>> 24;
    int r = argb >>> 16 & 0xFF;
    int g = argb >>> 8 & 0xFF;
    int b = argb & 0xFF;
    return (2126L * r + 7152L * g + 722L * b) * alpha << 8 | alpha;
  }

  /** The entries near one that are allowed for a visible pixel, computed on first use. */
  private int[] around(int entry, int pixel) {
    int at = pixel >>> 24 == 0xFF ? entry : argb.length + entry;
    int[] list = around[at];
    if (list == null) {
      int[] near = new int[NEAR];
      list = Arrays.copyOf(near, nearest.nearest(argb[entry], pixel, near));
      around[at] = list;
    }
    return list;
  }
}
