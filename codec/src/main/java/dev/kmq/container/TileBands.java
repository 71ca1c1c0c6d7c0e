package dev.kmq.container;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads an image from top to bottom in bands of whole tiles, checks them and cuts them into tiles.
 */
final class TileBands {
  /** Maximum number of pixels of a band of more than one row of tiles. */
  private static final long BAND_PIXELS = 1 << 23;

  private final Header header;
  private final IndexSource source;
  private final int rowsAtATime;

  /** Bands of one row of tiles, or more if a row has fewer tiles than there are threads. */
  TileBands(Header header, IndexSource source, int threads) {
    this.header = header;
    this.source = source;
    Tiling tiling = header.tiling();
    long rowPixels = (long) tiling.width() * tiling.tileHeight();
    long forThreads = (threads + tiling.columns() - 1L) / tiling.columns();
    rowsAtATime = (int) Math.max(1, Math.min(forThreads, BAND_PIXELS / rowPixels));
  }

  /** Processes a band. */
  interface Visitor {
    /**
     * Processes the tiles of a band.
     *
     * @param first number of the first tile
     * @param tiles valid until this returns
     */
    void visit(int first, List<IndexPlane> tiles) throws IOException;
  }

  /**
   * Processes the whole image.
   *
   * @throws IllegalArgumentException if an index is not below K
   */
  void forEach(Visitor visitor) throws IOException {
    Tiling tiling = header.tiling();
    for (int row = 0; row < tiling.rows(); row += rowsAtATime) {
      int top = row * tiling.tileHeight();
      int bottom = (int) Math.min(header.height(), top + (long) rowsAtATime * tiling.tileHeight());
      IndexPlane band = source.rows(top, bottom - top);
      int end = Math.min(tiling.rows(), row + rowsAtATime) * tiling.columns();
      List<IndexPlane> tiles = new ArrayList<>();
      for (int tile = row * tiling.columns(); tile < end; tile++) {
        tiles.add(tile(tile, top, band));
      }
      visitor.visit(row * tiling.columns(), tiles);
    }
  }

  /** The fraction of the rows of the image up to the last row of a tile. */
  double done(int tile) {
    Tiling tiling = header.tiling();
    return (double) (tiling.y(tile) + tiling.height(tile)) / header.height();
  }

  /** The tile's part of a band that begins at {@code top}, as the methods expect it. */
  private IndexPlane tile(int tile, int top, IndexPlane band) {
    Tiling tiling = header.tiling();
    int width = tiling.width(tile);
    int height = tiling.height(tile);
    IndexPlane plane = band.window(tiling.x(tile), tiling.y(tile) - top, width, height);
    if (!plane.allBelow(header.colors())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "source has index %d in tile %d, not below K = %d",
              plane.max(),
              tile,
              header.colors()));
    }
    if (plane.wide() == IndexPlane.isWide(header.colors())) {
      return plane;
    }
    IndexPlane fitting = IndexPlane.allocate(width, height, header.colors());
    fitting.copyFrom(plane);
    return fitting;
  }
}
