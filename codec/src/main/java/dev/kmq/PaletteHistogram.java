package dev.kmq;

import dev.kmq.concurrent.Work;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorHistogram;
import dev.kmq.quantize.ColorSum;
import dev.kmq.quantize.ColorSumBytes;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * The colours of any number of images, from which {@link KmqEncoder#palette(PaletteHistogram)}
 * computes one palette: the same as {@link KmqEncoder#palette(java.util.List)} does from the
 * images. Each image has the same weight regardless of its size. Parts can be counted anywhere, be
 * sent as bytes, and be added in any order; the sum does not depend on it. Immutable and
 * thread-safe.
 *
 * <p>Weights are exact for 10^9 images and more. Opaque colours are exact; there are at most 2^24.
 * More than 2^22 translucent ones are joined with their neighbours. The memory is at most 12 bytes
 * a colour, which is 250 MB, and up to five times that while parts are added.
 */
public final class PaletteHistogram {
  private static final byte[] SIGNATURE = {'k', 'm', 'q', 'h', 1};

  /** No images. */
  public static final PaletteHistogram NONE = new PaletteHistogram(0, ColorSum.NONE);

  private final long images;
  private final ColorSum colors;

  private PaletteHistogram(long images, ColorSum colors) {
    this.images = images;
    this.colors = colors;
  }

  /**
   * Counts the colours of an image.
   *
   * @param image is read once
   * @return the histogram of one image
   * @throws IllegalArgumentException if it has more than 2^31-1 pixels
   */
  public static PaletteHistogram of(PixelSource image) {
    return of(image, Work.onThreads(1));
  }

  /**
   * Counts the colours of an image, with a given {@link Work}.
   *
   * @param image is read once
   * @param work threads, progress and cancellation of this call
   * @return the histogram of one image
   * @throws IllegalArgumentException if it has more than 2^31-1 pixels
   * @throws CancellationException if the work is cancelled or the thread is interrupted
   */
  public static PaletteHistogram of(PixelSource image, Work work) {
    return new PaletteHistogram(1, ColorSum.of(ColorHistogram.of(image, work)));
  }

  /**
   * {@return the histogram of the images of both}
   *
   * @param other a histogram; not changed
   */
  public PaletteHistogram plus(PaletteHistogram other) {
    Builder sum = new Builder();
    sum.add(this);
    sum.add(other);
    return sum.build();
  }

  /** The colours, weighted for a sum; those of a single image have their pixels. */
  private ColorSum weighted() {
    return images == 1 ? colors.scaled(ColorSum.ONE) : colors;
  }

  ColorHistogram colors() {
    return colors.histogram();
  }

  /** {@return the number of images} */
  public long images() {
    return images;
  }

  /** {@return the number of different colours} */
  public int size() {
    return colors.size();
  }

  /**
   * {@return the colour {@code i} as ARGB, straight alpha; opaque colours come first}
   *
   * @param i 0 to {@code size() - 1}
   */
  public int argb(int i) {
    return colors.argb(i);
  }

  /**
   * {@return the weight of colour {@code i}, at least 1: pixels in the histogram of one image, else
   * shares of about 2^24 for each image}
   *
   * @param i 0 to {@code size() - 1}
   */
  public long weight(int i) {
    return colors.weight(i);
  }

  /**
   * {@return the histogram as bytes, mostly 2 to 6 per colour} They are the following, in this
   * order; an integer has 7 bits in each byte, the lowest first, with bit 7 set in all bytes but
   * its last:
   *
   * <ol>
   *   <li>the four letters {@code kmqh}, and a byte with the version, 1
   *   <li>the number of images
   *   <li>the number of low bits ignored in the channels of translucent colours, plus 8 if an image
   *       had more colours than are counted
   *   <li>the number of opaque colours, and that of all others
   *   <li>for each colour, the opaque ones first: its key less the key before it of the same kind,
   *       at first less -1, and its weight
   * </ol>
   *
   * <p>The key of an opaque colour interleaves the bits of red, green and blue, the highest first;
   * that of another colour those of alpha, red, green and blue.
   *
   * @throws OutOfMemoryError if they exceed 2 GiB
   */
  public byte[] toBytes() {
    return ColorSumBytes.write(SIGNATURE, images, colors);
  }

  /**
   * Reads what {@link #toBytes} has written.
   *
   * @param bytes not changed
   * @return the histogram
   * @throws IllegalArgumentException if the bytes are damaged or of another version
   */
  public static PaletteHistogram ofBytes(byte[] bytes) {
    if (bytes.length < SIGNATURE.length
        || !Arrays.equals(Arrays.copyOf(bytes, SIGNATURE.length), SIGNATURE)) {
      throw new IllegalArgumentException("not a histogram of version 1");
    }
    ColorSumBytes.Parsed parsed = ColorSumBytes.read(bytes, SIGNATURE.length);
    return new PaletteHistogram(parsed.images(), parsed.sum());
  }

  /** Adds many histograms, in less time than one after the other. For one thread. */
  public static final class Builder {
    private final ColorSum.Builder sum = new ColorSum.Builder();
    private PaletteHistogram only = NONE;
    private long images;

    /** A sum of no images. */
    public Builder() {}

    /**
     * Adds the images of a part.
     *
     * @param part a histogram; not changed
     */
    public void add(PaletteHistogram part) {
      if (part.images > 0) {
        images = Math.addExact(images, part.images);
        only = part;
        sum.add(part.weighted(), Work.onThreads(1));
      }
    }

    /** {@return the sum of the parts} */
    public PaletteHistogram build() {
      return images <= 1 ? only : new PaletteHistogram(images, sum.build(Work.onThreads(1)));
    }
  }
}
