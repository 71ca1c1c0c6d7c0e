package dev.kmq.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * A rectangle of palette indices over an array, one byte per index while K is at most 256, two
 * (unsigned) above. The array may be longer and its rows wider than the plane, so a plane can be a
 * window on a larger one or on the data of a raster. It is a mutable buffer that copies nothing;
 * exactly one of {@link #bytes} and {@link #shorts} has an array. Several threads may read one, and
 * may write different pixels of one.
 */
public final class IndexPlane {
  private static final byte[] NO_BYTES = {};
  private static final short[] NO_SHORTS = {};

  private final int width;
  private final int height;
  private final byte[] bytes;
  private final short[] shorts;
  private final boolean wide;
  private final int offset;
  private final int stride;

  private IndexPlane(
      int width, int height, byte[] bytes, short[] shorts, boolean wide, int offset, int stride) {
    this.width = width;
    this.height = height;
    this.bytes = bytes;
    this.shorts = shorts;
    this.wide = wide;
    this.offset = offset;
    this.stride = stride;
    int length = wide ? shorts.length : bytes.length;
    if (width < 1
        || height < 1
        || stride < width
        || offset < 0
        || offset + (height - 1L) * stride + width > length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an array of %d cannot hold %dx%d indices from %d on, %d a row",
              length,
              width,
              height,
              offset,
              stride));
    }
  }

  /**
   * {@return a new plane of zeros, just wide enough for indices below {@code colors}}
   *
   * @param width width in indices, at least 1
   * @param height height in indices, at least 1
   * @param colors K, 1 to 65536
   * @throws IllegalArgumentException if a side is not positive or there are more than 2^31-1 pixels
   */
  public static IndexPlane allocate(int width, int height, int colors) {
    long pixels = (long) width * height;
    if (width < 1 || height < 1 || pixels > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a plane cannot be " + width + "x" + height);
    }
    return isWide(colors)
        ? ofShorts(width, height, new short[(int) pixels], 0, width)
        : ofBytes(width, height, new byte[(int) pixels], 0, width);
  }

  /**
   * {@return whether indices below {@code colors} need two bytes each: {@code colors > 256}}
   *
   * @param colors K, 1 to 65536
   */
  public static boolean isWide(int colors) {
    return colors > 256;
  }

  /**
   * {@return a plane over {@code bytes}: index (x, y) is {@code bytes[offset + y * stride + x]}}
   *
   * @param width width in indices, at least 1
   * @param height height in indices, at least 1
   * @param bytes not copied
   * @param offset array position of index (0, 0)
   * @param stride array positions from a row to the next
   */
  public static IndexPlane ofBytes(int width, int height, byte[] bytes, int offset, int stride) {
    return new IndexPlane(
        width, height, Objects.requireNonNull(bytes), NO_SHORTS, false, offset, stride);
  }

  /**
   * {@return a plane over {@code shorts}: index (x, y) is {@code shorts[offset + y * stride + x]}}
   *
   * @param width width in indices, at least 1
   * @param height height in indices, at least 1
   * @param shorts not copied
   * @param offset array position of index (0, 0)
   * @param stride array positions from a row to the next
   */
  public static IndexPlane ofShorts(int width, int height, short[] shorts, int offset, int stride) {
    return new IndexPlane(
        width, height, NO_BYTES, Objects.requireNonNull(shorts), true, offset, stride);
  }

  /**
   * {@return the window of {@code w} by {@code h} indices whose upper left corner is (x, y); shares
   * the array}
   *
   * @param x column, from 0
   * @param y row, from 0
   * @param w width in indices, at least 1
   * @param h height in indices, at least 1
   * @throws IllegalArgumentException if the window is empty or exceeds the plane
   */
  public IndexPlane window(int x, int y, int w, int h) {
    if (x < 0 || y < 0 || w < 1 || h < 1 || x > width - w || y > height - h) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "window %dx%d at (%d, %d) exceeds the plane of %dx%d",
              w,
              h,
              x,
              y,
              width,
              height));
    }
    return new IndexPlane(w, h, bytes, shorts, wide, at(x, y), stride);
  }

  /** {@return the width in indices} */
  public int width() {
    return width;
  }

  /** {@return the height in indices} */
  public int height() {
    return height;
  }

  /** {@return whether indices are two bytes each} */
  public boolean wide() {
    return wide;
  }

  /** {@return the array of a plane that is not {@link #wide}; else an empty one} */
  public byte[] bytes() {
    return bytes;
  }

  /** {@return the array of a {@link #wide} plane; else an empty one} */
  public short[] shorts() {
    return shorts;
  }

  /** {@return the distance between the array positions of an index and of the one below it} */
  public int stride() {
    return stride;
  }

  /**
   * {@return the array position of index (x, y); not checked against the plane's sides}
   *
   * @param x column, from 0
   * @param y row, from 0
   */
  public int at(int x, int y) {
    return offset + y * stride + x;
  }

  /**
   * {@return the index at (x, y), unsigned}
   *
   * @param x column, from 0
   * @param y row, from 0
   * @throws IndexOutOfBoundsException if (x, y) lies outside
   */
  public int get(int x, int y) {
    int i = checkedAt(x, y);
    return wide ? shorts[i] & 0xFFFF : bytes[i] & 0xFF;
  }

  /**
   * Sets the index at (x, y).
   *
   * @param x column, from 0
   * @param y row, from 0
   * @param index 0 to 255, or to 65535 in a {@link #wide} plane
   * @throws IndexOutOfBoundsException if (x, y) lies outside
   * @throws IllegalArgumentException if {@code index} is out of range
   */
  public void set(int x, int y, int index) {
    int i = checkedAt(x, y);
    if (index >>> (wide ? 16 : 8) != 0) {
      throw outOfRange(index);
    }
    if (wide) {
      shorts[i] = (short) index;
    } else {
      bytes[i] = (byte) index;
    }
  }

  private IllegalArgumentException outOfRange(int index) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "index must be 0 to %d, not %d", wide ? 0xFFFF : 0xFF, index));
  }

  /**
   * {@return whether all indices are below {@code colors}}
   *
   * @param colors K, at least 1
   */
  public boolean allBelow(int colors) {
    if (colors >= (wide ? 65536 : 256)) {
      return true;
    }
    boolean joined = stride == width;
    int runs = joined ? 1 : height;
    int length = joined ? width * height : width;
    for (int y = 0; y < runs; y++) {
      boolean below =
          wide
              ? IndexBounds.allBelow(shorts, at(0, y), length, colors)
              : IndexBounds.allBelow(bytes, at(0, y), length, colors);
      if (!below) {
        return false;
      }
    }
    return true;
  }

  /** {@return the largest index, unsigned} */
  public int max() {
    int max = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        max = Math.max(max, get(x, y));
      }
    }
    return max;
  }

  /** Sets all indices to 0. */
  public void clear() {
    for (int y = 0; y < height; y++) {
      int at = at(0, y);
      if (wide) {
        Arrays.fill(shorts, at, at + width, (short) 0);
      } else {
        Arrays.fill(bytes, at, at + width, (byte) 0);
      }
    }
  }

  private int checkedAt(int x, int y) {
    Objects.checkIndex(x, width);
    Objects.checkIndex(y, height);
    return at(x, y);
  }

  /**
   * Copies all indices of {@code source}, which has the same sides; the bytes per index may differ.
   *
   * @param source a plane of the same width and height
   */
  public void copyFrom(IndexPlane source) {
    if (source.width != width || source.height != height) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "source is %dx%d, not %dx%d",
              source.width,
              source.height,
              width,
              height));
    }
    for (int y = 0; y < height; y++) {
      if (wide && source.wide) {
        System.arraycopy(source.shorts, source.at(0, y), shorts, at(0, y), width);
      } else if (!wide && !source.wide) {
        System.arraycopy(source.bytes, source.at(0, y), bytes, at(0, y), width);
      } else {
        for (int x = 0; x < width; x++) {
          set(x, y, source.get(x, y));
        }
      }
    }
  }
}
