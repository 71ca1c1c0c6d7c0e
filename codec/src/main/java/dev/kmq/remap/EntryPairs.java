package dev.kmq.remap;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.quantize.NearestColor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For each colour the two entries that it is dithered between, cached: the nearest entry, and the
 * one near it that gives the mixture of least cost. The cost is the squared error of the mixture's
 * mean plus 0.1 times its variance, because the eye averages most of the noise out. So a distant
 * entry is chosen only if no nearer one is in the direction of the colour. Colours are
 * premultiplied. Fully transparent pixels are not dithered. An instance is for one thread at a
 * time.
 */
final class EntryPairs {
  private static final int BITS = 14;

  /** Number of entries around the nearest one that are tried. */
  private static final int NEAR = 24;

  /** Share of a mixture's variance that counts. */
  private static final double NOISE = 0.1;

  private final NearestColor nearest;
  private final int[] argb;
  private final int[] premultiplied;

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

  EntryPairs(Palette palette, Metric metric) {
    this.nearest = new NearestColor(palette, metric);
    this.argb = palette.toArgb();
    this.premultiplied = new int[argb.length];
    for (int i = 0; i < argb.length; i++) {
      premultiplied[i] = premultiplied(argb[i]);
    }
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
    int first = premultiplied[entry];
    int wanted = premultiplied(color);
    firsts[slot] = entry + 1;
    shares[slot] = 0;
    if (color >>> 24 == 0) {
      return;
    }
    double least = Double.MAX_VALUE;
    for (int other : around(entry, color)) {
      int second = premultiplied[other];
      int along = product(first, wanted, second);
      if (along <= 0) {
        continue;
      }
      double length = product(first, second, second);
      double share = along / length;
      double off = product(first, wanted, wanted) - along * share;
      double cost = off + NOISE * share * (1 - share) * length;
      if (cost < least) {
        least = cost;
        seconds[slot] = other;
        shares[slot] = (short) Math.min(ThresholdMask.ONE, share * ThresholdMask.ONE + 0.5);
      }
    }
    if (shares[slot] > 0 && luma(premultiplied[seconds[slot]]) < luma(first)) {
      firsts[slot] = seconds[slot] + 1;
      seconds[slot] = entry;
      shares[slot] = (short) (ThresholdMask.ONE - shares[slot]);
    }
  }

  /** Luma with the weights of ITU-R BT.709, then alpha, so that few entries are equal. */
  private static long luma(int premultiplied) {
    int r = premultiplied >>> 16 & 0xFF;
    int g = premultiplied >>> 8 & 0xFF;
    int b = premultiplied & 0xFF;
    return (2126L * r + 7152L * g + 722L * b) << 8 | premultiplied >>> 24;
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

  private static int premultiplied(int argb) {
    int alpha = argb >>> 24;
    return alpha << 24
        | rounded((argb >>> 16 & 0xFF) * alpha) << 16
        | rounded((argb >>> 8 & 0xFF) * alpha) << 8
        | rounded((argb & 0xFF) * alpha);
  }

  private static int rounded(int times255) {
    return (2 * times255 + 255) / 510;
  }

  /** Scalar product of the vectors from one colour to two others. */
  private static int product(int from, int a, int b) {
    int alpha = from >>> 24;
    int red = from >>> 16 & 0xFF;
    int green = from >>> 8 & 0xFF;
    int blue = from & 0xFF;
    return ((a >>> 24) - alpha) * ((b >>> 24) - alpha)
        + ((a >>> 16 & 0xFF) - red) * ((b >>> 16 & 0xFF) - red)
        + ((a >>> 8 & 0xFF) - green) * ((b >>> 8 & 0xFF) - green)
        + ((a & 0xFF) - blue) * ((b & 0xFF) - blue);
  }
}
