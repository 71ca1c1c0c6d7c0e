package dev.kmq.container;

import dev.kmq.image.IndexPlane;

/** The tiles that a region of the image touches, in file order. */
final class Region {
  private final Tiling tiling;
  private final int x;
  private final int y;
  private final IndexPlane target;
  private final boolean aligned;
  private final int firstColumn;
  private final int firstRow;
  private final int columns;
  private final int rows;

  /** The region of the target's size with its upper left corner at (x, y), within the image. */
  Region(Tiling tiling, int x, int y, IndexPlane target) {
    this.tiling = tiling;
    this.x = x;
    this.y = y;
    this.target = target;
    this.firstColumn = x / tiling.tileWidth();
    this.firstRow = y / tiling.tileHeight();
    this.columns = (x + target.width() - 1) / tiling.tileWidth() - firstColumn + 1;
    this.rows = (y + target.height() - 1) / tiling.tileHeight() - firstRow + 1;
    this.aligned =
        tiling.touchedPixels(x, y, target.width(), target.height())
            == (long) target.width() * target.height();
  }

  /** Number of tiles. */
  int count() {
    return columns * rows;
  }

  /** Whether the region contains every tile that it touches in full. */
  boolean aligned() {
    return aligned;
  }

  /** The part of tile {@code i} of the region, counted from 0, that is in the region. */
  Part part(int i) {
    int tile = (firstRow + i / columns) * tiling.columns() + firstColumn + i % columns;
    int tileX = tiling.x(tile);
    int tileY = tiling.y(tile);
    int left = Math.max(x, tileX);
    int top = Math.max(y, tileY);
    int w = Math.min(x + target.width(), tileX + tiling.width(tile)) - left;
    int h = Math.min(y + target.height(), tileY + tiling.height(tile)) - top;
    boolean whole = w == tiling.width(tile) && h == tiling.height(tile);
    IndexPlane plane = target.window(left - x, top - y, w, h);
    return new Part(tile, plane, left - tileX, top - tileY, whole);
  }

  /**
   * The part of a tile that is in the region.
   *
   * @param tile the number of the tile
   * @param target the plane that receives the part
   * @param x left edge of the part within the tile
   * @param y upper edge of the part within the tile
   * @param whole whether the part is all of the tile
   */
  record Part(int tile, IndexPlane target, int x, int y, boolean whole) {}
}
