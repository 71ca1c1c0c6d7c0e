package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The colours of any number of images with their weights, in the order of {@link ColorHistogram}.
 * The sum does not depend on the order of its parts. Immutable.
 *
 * <p>Opaque colours are exact; there are at most 2^24. If there are more than {@value
 * #MOST_TRANSLUCENT} translucent ones, those that agree except for the lowest bits of their
 * channels count as one.
 */
public final class ColorSum {
  /** The most translucent colours. */
  static final int MOST_TRANSLUCENT = 1 << 22;

  /** The weight of an image among others of the same weight. */
  public static final int ONE = 1 << 24;

  /** The largest weight of an image, so that its product with a number of pixels fits. */
  static final int MOST_EACH = 1 << 30;

  /** The sum of weights from which they are scaled, and the one that they are scaled to. */
  private static final long MOST_TOGETHER = 5L << 28;

  private static final int SCALED_TOGETHER = 1 << 30;

  /** Mask of the colours before which cancellation is checked. */
  private static final int CHECKED = (1 << 14) - 1;

  /** No colours. */
  public static final ColorSum NONE = new ColorSum(new int[0], new long[0], 0, false);

  private final int[] argb;
  private final long[] weights;

  /** The bits of the channels of translucent colours that are ignored. */
  private final int bits;

  /** Whether an image had more colours than are counted. */
  private final boolean joined;

  private ColorSum(int[] argb, long[] weights, int bits, boolean joined) {
    this.argb = argb;
    this.weights = weights;
    this.bits = bits;
    this.joined = joined;
  }

  /** The colours of an image, weighted by their pixels. */
  public static ColorSum of(ColorHistogram image) {
    long[] weights = new long[image.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = image.count(i);
    }
    return new ColorSum(image.colors(), weights, 0, image.isJoined()).reduced();
  }

  /**
   * The same colours, weighted as if the image had about {@code total} pixels.
   *
   * @param total 1 to {@link #MOST_EACH}
   */
  public ColorSum scaled(int total) {
    long pixels = Arrays.stream(weights).sum();
    long[] scaled = new long[weights.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.max(1, (2 * weights[i] * total + pixels) / (2 * pixels));
    }
    return new ColorSum(argb, scaled, bits, joined);
  }

  /** The colours of both. */
  public ColorSum plus(ColorSum other, Work work) {
    if (bits != other.bits) {
      int most = Math.max(bits, other.bits);
      return coarser(most).plus(other.coarser(most), work);
    }
    int[] colors = new int[Math.addExact(argb.length, other.argb.length)];
    long[] sums = new long[colors.length];
    int n = 0;
    int i = 0;
    int j = 0;
    while (i < argb.length || j < other.argb.length) {
      if ((n & CHECKED) == 0) {
        work.check();
      }
      long mine = i < argb.length ? ColorHistogram.key(argb[i]) : Long.MAX_VALUE;
      long others = j < other.argb.length ? ColorHistogram.key(other.argb[j]) : Long.MAX_VALUE;
      colors[n] = mine <= others ? argb[i] : other.argb[j];
      if (mine <= others) {
        sums[n] += weights[i++];
      }
      if (others <= mine) {
        sums[n] += other.weights[j++];
      }
      n++;
    }
    return new ColorSum(
            Arrays.copyOf(colors, n), Arrays.copyOf(sums, n), bits, joined || other.joined)
        .reduced();
  }

  private ColorSum reduced() {
    ColorSum sum = this;
    while (sum.translucent() > MOST_TRANSLUCENT) {
      sum = sum.coarser(sum.bits + 1);
    }
    return sum;
  }

  private int translucent() {
    int opaque = opaque();
    return argb.length - opaque - (opaque < argb.length && argb[opaque] == 0 ? 1 : 0);
  }

  /** Number of opaque colours; they come first. */
  int opaque() {
    int low = 0;
    int high = argb.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (argb[middle] >>> 24 == 0xFF) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Cubes of colours are neighbours in the order, so equal ones are joined in one pass. */
  private ColorSum coarser(int ignored) {
    if (ignored == bits) {
      return this;
    }
    int[] colors = argb.clone();
    long[] sums = weights.clone();
    int first = opaque();
    first += first < argb.length && argb[first] == 0 ? 1 : 0;
    int n = first;
    for (int i = first; i < argb.length; i++) {
      int color = argb[i] & (0xFF >>> ignored << ignored) * 0x01010101;
      int kept = color >>> 24 == 0 ? color | 1 << 24 : color; // 0 is that of another colour
      if (n > first && colors[n - 1] == kept) {
        sums[n - 1] += weights[i];
      } else {
        colors[n] = kept;
        sums[n++] = weights[i];
      }
    }
    return new ColorSum(Arrays.copyOf(colors, n), Arrays.copyOf(sums, n), ignored, joined);
  }

  /** As the histogram of one image, with weights scaled so that they fit. */
  public ColorHistogram histogram() {
    int[] colors = argb.clone();
    int opaque = opaque();
    for (int i = opaque; bits > 0 && i < colors.length; i++) {
      colors[i] = colors[i] == 0 ? 0 : PooledColors.middle(colors[i], bits);
    }
    long total = Arrays.stream(weights).sum();
    double scale = total > MOST_TOGETHER ? SCALED_TOGETHER / (double) total : 1;
    int[] counts = new int[weights.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = scale == 1 ? (int) weights[i] : (int) Math.max(1, Math.rint(weights[i] * scale));
    }
    return new ColorHistogram(colors, counts, opaque < argb.length, joined || bits > 0);
  }

  /** Number of colours. */
  public int size() {
    return argb.length;
  }

  /** The bits that {@link ColorSumBytes} writes. */
  int bits() {
    return bits;
  }

  boolean joined() {
    return joined;
  }

  /** Colour {@code i} as ARGB. */
  public int argb(int i) {
    return argb[i];
  }

  /** The weight of colour {@code i}. */
  public long weight(int i) {
    return weights[i];
  }

  /** A sum from its parts, which are in order. */
  static ColorSum of(int[] argb, long[] weights, int bits, boolean joined) {
    return new ColorSum(argb, weights, bits, joined);
  }

  /** Adds many sums; parts of about the same size are added first, which takes the least time. */
  public static final class Builder {
    private final Deque<ColorSum> parts = new ArrayDeque<>();

    /** Adds a part. */
    public void add(ColorSum part, Work work) {
      ColorSum sum = part;
      while (!parts.isEmpty() && parts.element().size() <= 2L * sum.size()) {
        sum = parts.pop().plus(sum, work);
      }
      parts.push(sum);
    }

    /** The sum of all parts. */
    public ColorSum build(Work work) {
      ColorSum sum = NONE;
      while (!parts.isEmpty()) {
        sum = sum.plus(parts.pop(), work);
      }
      return sum;
    }
  }
}
