package dev.kmq.image;

import java.util.Objects;

/**
 * An image as rows of pixels, which can be read more than once and may be larger than memory: the
 * input of the encoder.
 *
 * <p>A pixel is an {@code int} with straight (not premultiplied) alpha in bits 31-24, red in 23-16,
 * green in 15-8 and blue in 7-0, 8 bits each, in sRGB unless an ICC profile is given for the image.
 * An encoder reads rows from top to bottom, several times, from one thread; every pass must return
 * the same pixels.
 */
public interface PixelSource {
  /** {@return the width in pixels, at least 1} */
  int width();

  /** {@return the height in pixels, at least 1} */
  int height();

  /**
   * Copies whole rows into {@code target}, row after row without padding.
   *
   * @param y first row, 0 to {@code height() - 1}
   * @param rows number of rows, at least 1, {@code y + rows <= height()}
   * @param target receives {@code rows * width()} pixels from index 0 on
   */
  void readRows(int y, int rows, int[] target);

  /**
   * {@return an image in an array}
   *
   * @param width width of the image in pixels, at least 1
   * @param height height of the image in pixels, at least 1
   * @param argb at least {@code width * height} pixels, row after row; not copied
   * @throws IllegalArgumentException if a side is not positive or the array is too short
   */
  static PixelSource of(int width, int height, int[] argb) {
    Objects.requireNonNull(argb, "argb");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image cannot be " + width + "x" + height);
    }
    if ((long) width * height > argb.length) {
      throw new IllegalArgumentException(
          "argb holds " + argb.length + " pixels, too few for " + width + "x" + height);
    }
    return new PixelSource() {
      @Override
      public int width() {
        return width;
      }

      @Override
      public int height() {
        return height;
      }

      @Override
      public void readRows(int y, int rows, int[] target) {
        System.arraycopy(argb, y * width, target, 0, rows * width);
      }
    };
  }
}
