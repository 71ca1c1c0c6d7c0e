package dev.kmq.container;

/**
 * What a reader agrees to take on, checked before memory is taken (specification, section Limits).
 * Coders may spend no bits at all on a pixel, so the size of a file bounds neither memory nor work;
 * these do.
 *
 * @param maxPixels most pixels of an image
 * @param maxRasterBytes most bytes of a raster that the reader makes, one or two per pixel, and of
 *     what one thread needs to decode a tile, together; callers that read tile by tile into planes
 *     of their own may open larger images
 * @param maxChunkBytes most bytes of all chunks together, their types, lengths and checksums
 *     included
 * @param maxTiles most tiles; above 2^31-1 it counts as that
 * @param maxWork most work of one call, in pixels of method packed: the pixels of all tiles that
 *     are decoded, times {@link Method#decodingCost()}, 700 for mix with matches (1 where there is
 *     one colour); decoding takes about as many nanoseconds on one core. Not counted are up to 100
 *     microseconds a tile, where K is 65536, and up to 100 milliseconds that a palette of as many
 *     colours takes once; {@code maxTiles} bounds the former
 * @param maxChunks most chunks, the one that ends them not counted
 */
public record Limits(
    long maxPixels,
    long maxRasterBytes,
    long maxChunkBytes,
    long maxTiles,
    long maxWork,
    long maxChunks) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Limits {
    if (maxPixels < 0
        || maxRasterBytes < 0
        || maxChunkBytes < 0
        || maxTiles < 0
        || maxWork < 0
        || maxChunks < 0) {
      throw new IllegalArgumentException("limits are not negative");
    }
  }

  /**
   * 2^28 pixels, a raster of the smaller of 1 GiB and half the maximum heap, 16 MiB of chunks, 2^20
   * tiles, work of 2^37, 2^16 chunks.
   */
  public static Limits defaults() {
    long raster = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 2);
    return new Limits(1L << 28, raster, 16L << 20, 1L << 20, 1L << 37, 1L << 16);
  }

  /** These limits with another {@code maxPixels}. */
  public Limits withMaxPixels(long pixels) {
    return new Limits(pixels, maxRasterBytes, maxChunkBytes, maxTiles, maxWork, maxChunks);
  }

  /** These limits with another {@code maxRasterBytes}. */
  public Limits withMaxRasterBytes(long bytes) {
    return new Limits(maxPixels, bytes, maxChunkBytes, maxTiles, maxWork, maxChunks);
  }

  /** These limits with another {@code maxChunkBytes}. */
  public Limits withMaxChunkBytes(long bytes) {
    return new Limits(maxPixels, maxRasterBytes, bytes, maxTiles, maxWork, maxChunks);
  }

  /** These limits with another {@code maxTiles}. */
  public Limits withMaxTiles(long tiles) {
    return new Limits(maxPixels, maxRasterBytes, maxChunkBytes, tiles, maxWork, maxChunks);
  }

  /** These limits with another {@code maxWork}. */
  public Limits withMaxWork(long work) {
    return new Limits(maxPixels, maxRasterBytes, maxChunkBytes, maxTiles, work, maxChunks);
  }

  /** These limits with another {@code maxChunks}. */
  public Limits withMaxChunks(long chunks) {
    return new Limits(maxPixels, maxRasterBytes, maxChunkBytes, maxTiles, maxWork, chunks);
  }
}
