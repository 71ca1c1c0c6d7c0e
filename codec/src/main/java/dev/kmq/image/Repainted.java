package dev.kmq.image;

import java.util.Locale;
import java.util.Objects;

/** An image with other colours for its indices. */
final class Repainted implements IndexSource {
  private final IndexSource source;
  private final Palette palette;

  Repainted(IndexSource source, Palette palette) {
    this.source = source;
    this.palette = Objects.requireNonNull(palette, "palette");
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public int height() {
    return source.height();
  }

  @Override
  public Palette palette() {
    return palette;
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    IndexPlane plane = source.rows(y, rows);
    if (palette.size() < source.palette().size() && !plane.allBelow(palette.size())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "source has index %d, not below K = %d", plane.max(), palette.size()));
    }
    return plane;
  }
}
