package dev.kmq.container;

import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.palette.CodedPalette;
import java.util.Objects;

/**
 * The fields before the chunks and tiles of a file (specification, section Header).
 *
 * @param method how indices are stored
 * @param palette the K colours; with alpha these are RGBA8 entries, else RGB8
 * @param colorSpace the colour space of the palette
 * @param tiling size of image and tiles
 * @param hasChunks whether chunks are stored between header and tiles
 * @param matches whether method mix models matches; false with any other method
 * @param codedPalette whether the palette is stored coded; never if the method is packed
 * @param shortFrame whether the file is short: one checksum for the whole file, and size fields of
 *     one byte. Only for sRGB images of one tile of at most 256x256 pixels and at most 256 colours,
 *     without chunks, and never if the method is packed
 */
public record Header(
    Method method,
    Palette palette,
    ColorSpace colorSpace,
    Tiling tiling,
    boolean hasChunks,
    boolean matches,
    boolean codedPalette,
    boolean shortFrame) {
  /**
   * Refuses combinations that cannot be stored.
   *
   * @param method the method that stores the indices
   * @param palette 1 to 65536 entries
   * @param colorSpace the colour space of the palette
   * @param tiling the size of the image and of its tiles
   * @param hasChunks whether chunks follow the palette
   * @param matches whether mix looks for repetitions; false for other methods
   * @param codedPalette whether the palette is stored coded
   * @param shortFrame whether the file is short
   * @throws IllegalArgumentException if {@code matches}, {@code codedPalette} or {@code shortFrame}
   *     is true where that is not possible
   */
  public Header {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(palette, "palette");
    Objects.requireNonNull(colorSpace, "colorSpace");
    Objects.requireNonNull(tiling, "tiling");
    if (matches && method != Method.MIX) {
      throw new IllegalArgumentException("method " + method.label() + " has no matches");
    }
    if (codedPalette && method == Method.PACKED) {
      throw new IllegalArgumentException("the palette of a packed file cannot be coded");
    }
    if (shortFrame && !fitsShortFrame(method, palette, colorSpace, tiling, hasChunks)) {
      throw new IllegalArgumentException(
          "a short file must have one tile of at most 256x256 pixels, at most 256 colours, sRGB, no"
              + " chunks, and a method other than packed");
    }
  }

  /**
   * {@return a header in its plain form: no matches, a raw palette, no short frame}
   *
   * @param method the method that stores the indices
   * @param palette 1 to 65536 entries
   * @param colorSpace the colour space of the palette
   * @param tiling the size of the image and of its tiles
   * @param hasChunks whether chunks follow the palette
   */
  public static Header plain(
      Method method, Palette palette, ColorSpace colorSpace, Tiling tiling, boolean hasChunks) {
    return new Header(method, palette, colorSpace, tiling, hasChunks, false, false, false);
  }

  /**
   * {@return a header in its smallest form}
   *
   * @param method the method that stores the indices
   * @param palette 1 to 65536 entries
   * @param colorSpace the colour space of the palette
   * @param tiling the size of the image and of its tiles
   * @param hasChunks whether chunks follow the palette
   * @param matches whether mix looks for repetitions; false for other methods
   */
  public static Header smallest(
      Method method,
      Palette palette,
      ColorSpace colorSpace,
      Tiling tiling,
      boolean hasChunks,
      boolean matches) {
    return new Header(
        method,
        palette,
        colorSpace,
        tiling,
        hasChunks,
        matches,
        method != Method.PACKED && codingPays(palette),
        fitsShortFrame(method, palette, colorSpace, tiling, hasChunks));
  }

  private static boolean codingPays(Palette palette) {
    int plain = rawBytes(palette);
    int coded = CodedPalette.encode(palette).length;
    return coded <= Format.MAX_CODED_PALETTE_BYTES && coded + Format.lengthBytes(plain) < plain;
  }

  private static boolean fitsShortFrame(
      Method method, Palette palette, ColorSpace colorSpace, Tiling tiling, boolean hasChunks) {
    return method != Method.PACKED
        && colorSpace == ColorSpace.SRGB
        && !hasChunks
        && tiling.count() == 1
        && tiling.width() <= Format.MAX_SHORT
        && tiling.height() <= Format.MAX_SHORT
        && palette.size() <= Format.MAX_SHORT;
  }

  /**
   * {@return the size in bytes of a file of this image by method packed, in one tile and without
   * chunks}
   */
  public long packedFileBytes() {
    return Format.HEADER_BYTES
        + rawBytes(palette)
        + Format.packedBytes(pixels(), bitsPerIndex())
        + 2L * Format.CRC_BYTES;
  }

  private static int rawBytes(Palette palette) {
    return palette.size() * (palette.hasAlpha() ? 4 : 3);
  }

  /** {@return the width of the image in pixels} */
  public int width() {
    return tiling.width();
  }

  /** {@return the height of the image in pixels} */
  public int height() {
    return tiling.height();
  }

  /** {@return the number of pixels, up to (2^31-1)^2} */
  public long pixels() {
    return (long) width() * height();
  }

  /** {@return the number of colours, K} */
  public int colors() {
    return palette.size();
  }

  /** {@return bits of one packed index} */
  public int bitsPerIndex() {
    return palette.bitsPerIndex();
  }

  /** Whether tables are stored between chunks and tiles. */
  boolean hasTables() {
    return method.sharesTables() && colors() > 1;
  }

  /** The coder of the method, without the tables that tiles share. */
  IndexMethod coder() {
    return (matches ? Method.MIX_WITH_MATCHES : method.coder()).forPalette(palette);
  }

  /**
   * As {@link Method#decodingCost()}, for this image; more for mix with matches.
   *
   * @return the cost in nanoseconds per pixel
   */
  public int decodingCost() {
    return matches ? Method.MATCHES_DECODING_COST : method.decodingCost();
  }

  /** Header and palette as they are stored, without a checksum. */
  byte[] bytes() {
    byte[] stored = codedPalette ? codedBytes() : rawBytes();
    int at = shortFrame ? Format.SHORT_HEADER_BYTES : Format.HEADER_BYTES;
    byte[] bytes = new byte[at + stored.length];
    System.arraycopy(Format.signature(), 0, bytes, 0, Format.SIGNATURE_BYTES);
    System.arraycopy(stored, 0, bytes, at, stored.length);
    bytes[8] = Format.VERSION;
    bytes[Format.FLAGS_OFFSET] =
        (byte)
            ((hasChunks ? Format.FLAG_CHUNKS : 0)
                | (shortFrame ? Format.FLAG_SHORT : 0)
                | (matches ? Format.FLAG_MATCHES : 0));
    int entry =
        (palette.hasAlpha() ? Format.ENTRY_ALPHA : 0) | (codedPalette ? Format.ENTRY_CODED : 0);
    if (shortFrame) {
      bytes[10] = (byte) (entry << 4 | method.code());
      bytes[11] = (byte) (width() - 1);
      bytes[12] = (byte) (height() - 1);
      bytes[13] = (byte) (colors() - 1);
      return bytes;
    }
    bytes[10] = (byte) method.code();
    bytes[11] = (byte) entry;
    Format.putInt(bytes, 12, width());
    Format.putInt(bytes, 16, height());
    bytes[20] = (byte) ((colors() - 1) >>> 8);
    bytes[21] = (byte) (colors() - 1);
    bytes[22] = (byte) colorSpace.code();
    bytes[23] = (byte) (tiling.widthCode() << 4 | tiling.heightCode());
    return bytes;
  }

  private byte[] codedBytes() {
    byte[] coded = CodedPalette.encode(palette);
    int length = Format.lengthBytes(rawBytes(palette));
    byte[] stored = new byte[length + coded.length];
    for (int i = 0; i < length; i++) {
      stored[i] = (byte) (coded.length >>> 8 * (length - 1 - i));
    }
    System.arraycopy(coded, 0, stored, length, coded.length);
    return stored;
  }

  private byte[] rawBytes() {
    byte[] bytes = new byte[rawBytes(palette)];
    int at = 0;
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
