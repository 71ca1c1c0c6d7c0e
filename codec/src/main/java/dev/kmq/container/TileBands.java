package dev.kmq.container;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import java.io.IOException;
import java.util.Locale;

/** Reads an image from top to bottom in bands of whole tiles, and cuts them into tiles. */
final class TileBands {
  /** Maximum number of pixels of a band of more than one row of tiles. */
  private static final long BAND_PIXELS = 1 << 23;

  /** Tiles of a band for each thread, so that few threads wait for the last tile of a band. */
  private static final int TILES_PER_THREAD = 8;

  private final Header header;
  private final IndexSource source;
  private final int rowsAtATime;

  /** Bands of one row of tiles, or more if several threads want more tiles at a time. */
  TileBands(Header header, IndexSource source, int threads) {
    this.header = header;
    this.source = source;
    Tiling tiling = header.tiling();
    long rowPixels = (long) tiling.width() * tiling.tileHeight();
    long wanted = threads == 1 ? 1 : (long) TILES_PER_THREAD * threads;
    long rows = (wanted + tiling.columns() - 1) / tiling.columns();
    rowsAtATime = (int) Math.max(1, Math.min(rows, BAND_PIXELS / rowPixels));
  }

  /** Processes a band. */
  interface Visitor {
    /**
     * Processes the tiles of a band.
     *
     * @param first number of the first tile
     * @param tiles valid until this returns
     */
    void visit(int first, Tiles tiles) throws IOException;
  }

  /** The tiles of a band, for any thread. */
  interface Tiles {
    /** Their number. */
    int count();

    /**
     * Cuts a tile out and checks it, which takes long enough to be left to several threads.
     *
     * @param i from 0 to {@code count() - 1}
     * @throws IllegalArgumentException if an index is not below K
     */
    IndexPlane get(int i);
  }

  /** Processes the whole image. */
  void forEach(Visitor visitor) throws IOException {
    Tiling tiling = header.tiling();
    for (int row = 0; row < tiling.rows(); row += rowsAtATime) {
      int top = row * tiling.tileHeight();
      int bottom = (int) Math.min(header.height(), top + (long) rowsAtATime * tiling.tileHeight());
      IndexPlane band = source.rows(top, bottom - top);
      int first = row * tiling.columns();
      int count = Math.min(tiling.rows(), row + rowsAtATime) * tiling.columns() - first;
      visitor.visit(first, tiles(first, count, top, band));
    }
  }

  private Tiles tiles(int first, int count, int top, IndexPlane band) {
    return new Tiles() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public IndexPlane get(int i) {
        return tile(first + i, top, band);
      }
    };
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
