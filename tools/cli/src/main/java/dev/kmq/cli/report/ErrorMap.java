package dev.kmq.cli.report;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;

/** The error of every pixel as a colour of {@link ErrorScale}. */
public final class ErrorMap {
  /** What the colours mean, for people. */
  public static final String LEGEND =
      "errors as RGB distances: black 0, violet 2, crimson 10, red 30, orange 100, yellow 300";

  private ErrorMap() {}

  /**
   * Maps the differences of two images of the same size.
   *
   * @return an image whose palette is the scale
   */
  public static IndexedImage of(PixelSource original, PixelSource other) {
    int width = original.width();
    int height = original.height();
    IndexPlane plane = IndexPlane.allocate(width, height, ErrorScale.COLORS);
    int[] a = new int[width];
    int[] b = new int[width];
    for (int y = 0; y < height; y++) {
      original.readRows(y, 1, a);
      other.readRows(y, 1, b);
      for (int x = 0; x < width; x++) {
        plane.set(x, y, ErrorScale.index(a[x], b[x]));
      }
    }
    return new IndexedImage(ErrorScale.palette(), plane);
  }
}
