package dev.kmq.container;

/**
 * Limits of a reader, checked before memory is allocated (specification, section Limits). Coders
 * may spend no bits at all on a pixel, so the file size bounds neither memory nor work. Immutable;
 * start from {@link #defaults()}.
 */
public final class Limits {
  private final long maxPixels;
  private final long maxRasterBytes;
  private final long maxChunkBytes;
  private final long maxTiles;
  private final long maxWork;
  private final long maxChunks;

  private Limits(
      long maxPixels,
      long maxRasterBytes,
      long maxChunkBytes,
      long maxTiles,
      long maxWork,
      long maxChunks) {
    if (maxPixels < 0
        || maxRasterBytes < 0
        || maxChunkBytes < 0
        || maxTiles < 0
        || maxWork < 0
        || maxChunks < 0) {
      throw new IllegalArgumentException("limits must be at least 0");
    }
    this.maxPixels = maxPixels;
    this.maxRasterBytes = maxRasterBytes;
    this.maxChunkBytes = maxChunkBytes;
    this.maxTiles = maxTiles;
    this.maxWork = maxWork;
    this.maxChunks = maxChunks;
  }

  /** {@return the maximum number of pixels of an image} */
  public long maxPixels() {
    return maxPixels;
  }

  /**
   * {@return the maximum number of bytes of a raster that the reader allocates, one or two per
   * pixel, plus the memory that one thread needs to decode a tile} Callers that read tile by tile
   * into planes of their own may open larger images.
   */
  public long maxRasterBytes() {
    return maxRasterBytes;
  }

  /** {@return the maximum number of bytes of all chunks, including types, lengths and checksums} */
  public long maxChunkBytes() {
    return maxChunkBytes;
  }

  /** {@return the maximum number of tiles; values above 2^31-1 count as that} */
  public long maxTiles() {
    return maxTiles;
  }

  /**
   * {@return the maximum work of one call, in pixels of method packed: the pixels of all tiles that
   * are decoded, times {@link Method#decodingCost()}, 700 for mix with matches (1 for a single
   * colour)} That is about the number of nanoseconds on one core. With K = 65536, up to 100
   * microseconds per tile (bounded by {@link #maxTiles()}) and up to 100 milliseconds for the
   * palette are not counted.
   */
  public long maxWork() {
    return maxWork;
  }

  /** {@return the maximum number of chunks, not counting the one that ends them} */
  public long maxChunks() {
    return maxChunks;
  }

  /**
   * 2^28 pixels, a raster of the smaller of 1 GiB and half the maximum heap, 16 MiB of chunks, 2^20
   * tiles, a {@link #maxWork()} of 2^37, 2^16 chunks.
   *
   * @return the default limits
   */
  public static Limits defaults() {
    long raster = Math.min(1L << 30, RasterMemory.most());
    return new Limits(1L << 28, raster, 16L << 20, 1L << 20, 1L << 37, 1L << 16);
  }

  /**
   * {@return these limits with another {@link #maxPixels()}}
   *
   * @param pixels the new maximum, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public Limits withMaxPixels(long pixels) {
    return new Limits(pixels, maxRasterBytes, maxChunkBytes, maxTiles, maxWork, maxChunks);
  }

  /**
   * {@return these limits with another {@link #maxRasterBytes()}}
   *
   * @param bytes the new maximum, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public Limits withMaxRasterBytes(long bytes) {
    return new Limits(maxPixels, bytes, maxChunkBytes, maxTiles, maxWork, maxChunks);
  }

  /**
   * {@return these limits with another {@link #maxChunkBytes()}}
   *
   * @param bytes the new maximum, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public Limits withMaxChunkBytes(long bytes) {
    return new Limits(maxPixels, maxRasterBytes, bytes, maxTiles, maxWork, maxChunks);
  }

  /**
   * {@return these limits with another {@link #maxTiles()}}
   *
   * @param tiles the new maximum, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public Limits withMaxTiles(long tiles) {
    return new Limits(maxPixels, maxRasterBytes, maxChunkBytes, tiles, maxWork, maxChunks);
  }

  /**
   * {@return these limits with another {@link #maxWork()}}
   *
   * @param work the new maximum, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public Limits withMaxWork(long work) {
    return new Limits(maxPixels, maxRasterBytes, maxChunkBytes, maxTiles, work, maxChunks);
  }

  /**
   * {@return these limits with another {@link #maxChunks()}}
   *
   * @param chunks the new maximum, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public Limits withMaxChunks(long chunks) {
    return new Limits(maxPixels, maxRasterBytes, maxChunkBytes, maxTiles, maxWork, chunks);
  }
}
