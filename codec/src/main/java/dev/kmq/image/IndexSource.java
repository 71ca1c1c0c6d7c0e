package dev.kmq.image;

/**
 * An indexed image as rows of indices, which can be read more than once: an {@link IndexedImage} in
 * memory, or an image that is remapped while it is written. The encoder calls it from one thread.
 */
public interface IndexSource {
  /** {@return the width in pixels, at least 1} */
  int width();

  /** {@return the height in pixels, at least 1} */
  int height();

  /** {@return the palette that the indices point into} */
  Palette palette();

  /**
   * {@return the rows {@code y} to {@code y + rows - 1} as a plane of the image's width} It is only
   * valid until the next call, and must not be written to. Callers go from top to bottom, in bands
   * that do not overlap, and may start over.
   *
   * @param y the first row
   * @param rows the number of rows, at least 1
   */
  IndexPlane rows(int y, int rows);

  /** {@return the colours of the pixels, computed row by row on request} */
  default PixelSource pixels() {
    return new IndexedPixels(this);
  }

  /**
   * {@return the same indices with another palette}
   *
   * @param other the other palette
   * @throws IllegalArgumentException if an index is not below its size; a source that is not in
   *     memory throws it when the rows are read
   */
  default IndexSource withPalette(Palette other) {
    return new Repainted(this, other);
  }
}
