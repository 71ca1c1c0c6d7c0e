package dev.kmq.image;

import java.util.Locale;
import java.util.Objects;

/**
 * An indexed image in memory: a palette and one index per pixel. The constructor checks that every
 * index is below K and keeps the plane without a copy; do not write to it afterwards. Any number of
 * threads may use one.
 */
public final class IndexedImage implements IndexSource {
  private final Palette palette;
  private final IndexPlane plane;

  /**
   * An image of a palette and a plane.
   *
   * @param palette the colours
   * @param plane not copied; must not be written to afterwards
   * @throws IllegalArgumentException if an index is not below {@code palette.size()}
   */
  public IndexedImage(Palette palette, IndexPlane plane) {
    this.palette = Objects.requireNonNull(palette, "palette");
    this.plane = Objects.requireNonNull(plane, "plane");
    if (!plane.allBelow(palette.size())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "plane has index %d, not below K = %d", plane.max(), palette.size()));
    }
  }

  /**
   * The same indices with another palette.
   *
   * @throws IllegalArgumentException if an index is not below its size
   */
  @Override
  public IndexedImage withPalette(Palette other) {
    return new IndexedImage(other, plane);
  }

  @Override
  public int width() {
    return plane.width();
  }

  @Override
  public int height() {
    return plane.height();
  }

  @Override
  public Palette palette() {
    return palette;
  }

  /** {@return the indices; must not be written to} */
  public IndexPlane plane() {
    return plane;
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    return plane.window(0, y, plane.width(), rows);
  }

  /**
   * {@return the colour of the pixel at (x, y) as ARGB, straight alpha}
   *
   * @param x column, from 0
   * @param y row, from 0
   */
  public int argb(int x, int y) {
    return palette.argb(plane.get(x, y));
  }

  /**
   * {@return all pixels as ARGB, straight alpha, row after row}
   *
   * @throws IllegalArgumentException if there are more pixels than an array can hold
   */
  public int[] toArgb() {
    long pixels = (long) width() * height();
    if (pixels > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(pixels + " pixels exceed the size of an array");
    }
    int[] argb = new int[(int) pixels];
    pixels().readRows(0, height(), argb);
    return argb;
  }
}
