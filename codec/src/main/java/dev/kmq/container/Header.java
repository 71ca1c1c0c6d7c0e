package dev.kmq.container;

import dev.kmq.image.Palette;

/**
 * What stands before the chunks and tiles of a file (specification, section Header).
 *
 * @param method how indices are stored
 * @param palette the K colours; with alpha these are RGBA8 entries, else RGB8
 * @param colorSpace what the palette's numbers mean
 * @param tiling size of picture and tiles
 * @param hasChunks whether chunks stand between header and tiles
 */
public record Header(
    Method method, Palette palette, ColorSpace colorSpace, Tiling tiling, boolean hasChunks) {
  /** Width of the picture in pixels. */
  public int width() {
    return tiling.width();
  }

  /** Height of the picture in pixels. */
  public int height() {
    return tiling.height();
  }

  /** Number of pixels, up to (2^31-1)^2. */
  public long pixels() {
    return (long) width() * height();
  }

  /** Number of colours, K. */
  public int colors() {
    return palette.size();
  }

  /** Bits of one packed index. */
  public int bitsPerIndex() {
    return palette.bitsPerIndex();
  }

  /** Bytes of header, palette and their checksum. */
  public int headerBytes() {
    return Format.HEADER_BYTES + colors() * entryBytes() + Format.CRC_BYTES;
  }

  /** Whether tables stand between chunks and tiles. */
  boolean hasTables() {
    return method.sharesTables() && colors() > 1;
  }

  int entryBytes() {
    return palette.hasAlpha() ? 4 : 3;
  }
}
