package dev.kmq.container;

/**
 * How an image is divided into tiles, row by row from the upper left. Tiles at the right and lower
 * edge are clipped to the image (specification, section Tiles).
 *
 * @param width width of the image in pixels
 * @param height height of the image in pixels
 * @param widthCode 0 for tiles as wide as the image, else n from 1 to 15 for 2^(n+3) pixels
 * @param heightCode the same for the height
 */
public record Tiling(int width, int height, int widthCode, int heightCode) {
  private static final long UNTILED_PIXELS = 1L << 22;
  private static final int STANDARD_TILE = 1024;

  /**
   * Checks the ranges.
   *
   * @param width width of the image in pixels
   * @param height height of the image in pixels
   * @param widthCode code of the width of tiles, 0 to 15
   * @param heightCode code of the height of tiles, 0 to 15
   * @throws IllegalArgumentException if a side is not positive or a code not 0 to 15
   */
  public Tiling {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image cannot be " + width + "x" + height);
    }
    if ((widthCode | heightCode) >>> 4 != 0) {
      throw new IllegalArgumentException(
          "tile size codes must be 0 to 15, not " + widthCode + " and " + heightCode);
    }
  }

  /**
   * {@return the encoder's default: one tile up to 2^22 pixels; above, tiles of 1024x1024, or of
   * 512x512 for method mix, which takes some 400 ns per pixel to decode} The smaller tiles make its
   * files about 1.3 % larger.
   *
   * @param method the method that stores the indices
   * @param width width of the image in pixels, at least 1
   * @param height height of the image in pixels, at least 1
   */
  public static Tiling standard(Method method, int width, int height) {
    if ((long) width * height <= UNTILED_PIXELS) {
      return full(width, height);
    }
    int side = method == Method.MIX ? STANDARD_TILE / 2 : STANDARD_TILE;
    return of(width, height, side, side);
  }

  /**
   * {@return one tile of the image's size}
   *
   * @param width width of the image in pixels, at least 1
   * @param height height of the image in pixels, at least 1
   */
  public static Tiling full(int width, int height) {
    return new Tiling(width, height, 0, 0);
  }

  /**
   * {@return tiles of a given size}
   *
   * @param width width of the image in pixels, at least 1
   * @param height height of the image in pixels, at least 1
   * @param tileWidth a power of two from 16 to 262144, or 0 for the image's width
   * @param tileHeight the same for the height
   * @throws IllegalArgumentException if a side is neither
   */
  public static Tiling of(int width, int height, int tileWidth, int tileHeight) {
    return new Tiling(width, height, code(tileWidth), code(tileHeight));
  }

  private static int code(int size) {
    if (size == 0) {
      return 0;
    }
    if (size < 16 || size > 1 << 18 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "a tile side must be a power of two from 16 to 262144, or 0 for the full extent, not "
              + size);
    }
    return Integer.numberOfTrailingZeros(size) - 3;
  }

  /** {@return the width of a tile that is not clipped; at most the image's} */
  public int tileWidth() {
    return widthCode == 0 ? width : Math.min(width, 1 << (widthCode + 3));
  }

  /** {@return the height of a tile that is not clipped; at most the image's} */
  public int tileHeight() {
    return heightCode == 0 ? height : Math.min(height, 1 << (heightCode + 3));
  }

  /** {@return tiles in a row} */
  public int columns() {
    return (int) ((width + (long) tileWidth() - 1) / tileWidth());
  }

  /** {@return rows of tiles} */
  public int rows() {
    return (int) ((height + (long) tileHeight() - 1) / tileHeight());
  }

  /** {@return the total number of tiles} */
  public long count() {
    return (long) columns() * rows();
  }

  /** Refuses what is not the number of a tile. */
  void requireNumber(int tile) {
    if (tile < 0 || tile >= count()) {
      throw new IndexOutOfBoundsException("tile " + tile + " of " + count());
    }
  }

  /**
   * Pixels of all tiles that a region touches; the region is not empty and lies within the image.
   */
  long touchedPixels(int x, int y, int regionWidth, int regionHeight) {
    long left = x / tileWidth() * (long) tileWidth();
    long top = y / tileHeight() * (long) tileHeight();
    long right = ((x + regionWidth - 1L) / tileWidth() + 1) * tileWidth();
    long bottom = ((y + regionHeight - 1L) / tileHeight() + 1) * tileHeight();
    return (Math.min(right, width) - left) * (Math.min(bottom, height) - top);
  }

  /**
   * {@return the left edge of tile {@code tile}, in pixels}
   *
   * @param tile number of the tile, counted row by row from 0
   */
  public int x(int tile) {
    return tile % columns() * tileWidth();
  }

  /**
   * {@return the upper edge of tile {@code tile}, in pixels}
   *
   * @param tile number of the tile, counted row by row from 0
   */
  public int y(int tile) {
    return tile / columns() * tileHeight();
  }

  /**
   * {@return the width of tile {@code tile}, clipped to the image}
   *
   * @param tile number of the tile, counted row by row from 0
   */
  public int width(int tile) {
    return Math.min(tileWidth(), width - x(tile));
  }

  /**
   * {@return the height of tile {@code tile}, clipped to the image}
   *
   * @param tile number of the tile, counted row by row from 0
   */
  public int height(int tile) {
    return Math.min(tileHeight(), height - y(tile));
  }
}
