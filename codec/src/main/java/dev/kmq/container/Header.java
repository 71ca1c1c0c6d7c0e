package dev.kmq.container;

import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;

/**
 * What stands before the chunks and tiles of a file (specification, section Header).
 *
 * @param method how indices are stored
 * @param palette the K colours; with alpha these are RGBA8 entries, else RGB8
 * @param colorSpace what the palette's numbers mean
 * @param tiling size of picture and tiles
 * @param hasChunks whether chunks stand between header and tiles
 * @param matches whether method mix models matches; false with any other method
 */
public record Header(
    Method method,
    Palette palette,
    ColorSpace colorSpace,
    Tiling tiling,
    boolean hasChunks,
    boolean matches) {
  /**
   * Checks that matches go with the method.
   *
   * @throws IllegalArgumentException if they do not
   */
  public Header {
    if (matches && method != Method.MIX) {
      throw new IllegalArgumentException("method " + method.label() + " has no matches");
    }
  }

  /** Without matches. */
  public Header(
      Method method, Palette palette, ColorSpace colorSpace, Tiling tiling, boolean hasChunks) {
    this(method, palette, colorSpace, tiling, hasChunks, false);
  }

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

  /** The coder of the method, if that shares no tables. */
  IndexMethod coder() {
    return (matches ? Method.MIX_WITH_MATCHES : method.coder()).forPalette(palette);
  }

  /** As {@link Method#decodingCost()}, for this picture. */
  int decodingCost() {
    return matches ? Method.MATCHES_DECODING_COST : method.decodingCost();
  }

  int entryBytes() {
    return palette.hasAlpha() ? 4 : 3;
  }

  /** Header and palette as they are stored, without their checksum. */
  byte[] bytes() {
    byte[] bytes = new byte[headerBytes() - Format.CRC_BYTES];
    System.arraycopy(Format.signature(), 0, bytes, 0, Format.SIGNATURE_BYTES);
    bytes[8] = Format.VERSION;
    bytes[Format.FLAGS_OFFSET] =
        (byte) ((hasChunks ? Format.FLAG_CHUNKS : 0) | (matches ? Format.FLAG_MATCHES : 0));
    bytes[10] = (byte) method.code();
    bytes[11] = (byte) (palette.hasAlpha() ? Format.ENTRY_RGBA8 : Format.ENTRY_RGB8);
    Format.putInt(bytes, 12, width());
    Format.putInt(bytes, 16, height());
    bytes[20] = (byte) ((colors() - 1) >>> 8);
    bytes[21] = (byte) (colors() - 1);
    bytes[22] = (byte) colorSpace.code();
    bytes[23] = (byte) (tiling.widthCode() << 4 | tiling.heightCode());
    int at = Format.HEADER_BYTES;
    for (int i = 0; i < colors(); i++) {
      int argb = palette.argb(i);
      bytes[at++] = (byte) (argb >>> 16);
      bytes[at++] = (byte) (argb >>> 8);
      bytes[at++] = (byte) argb;
      if (palette.hasAlpha()) {
        bytes[at++] = (byte) (argb >>> 24);
      }
    }
    return bytes;
  }
}
