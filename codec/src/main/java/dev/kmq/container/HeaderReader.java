package dev.kmq.container;

import dev.kmq.image.Palette;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads and judges header and palette, in the order of the specification (section Refusals). */
final class HeaderReader {
  private static final byte[] SIGNATURE = Format.signature();

  /** What text-mode transfer leaves of the signature's beginning (specification, R2). */
  private static final byte[][] TEXT_DAMAGE = {
    {(byte) 0xCB, 'K', 'M', 'Q'}, // line ends changed
    {0x4B, 'K', 'M', 'Q'}, // the high bit lost
    {(byte) 0xC3, (byte) 0x8B, 'K', 'M', 'Q'}, // taken for Latin-1 and written as UTF-8
    {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD, 'K', 'M', 'Q'} // taken for UTF-8 and not understood
  };

  private final ByteInput input;
  private final Limits limits;
  private final CRC32C crc = new CRC32C();

  HeaderReader(ByteInput input, Limits limits) {
    this.input = input;
    this.limits = limits;
  }

  Header read() throws IOException {
    byte[] fixed = new byte[Format.HEADER_BYTES];
    readSignature(fixed);
    input.readFully(fixed, Format.SIGNATURE_BYTES, 16, "the header");
    crc.update(fixed);
    int version = fixed[8] & 0xFF;
    check(version == Format.VERSION, Reason.UNKNOWN_VERSION, "version " + version + " is not 1", 8);
    int flags = fixed[9] & 0xFF;
    int known = Format.FLAG_CHUNKS | (fixed[10] == Method.MIX.code() ? Format.FLAG_MATCHES : 0);
    check(
        (flags & ~known) == 0,
        Reason.RESERVED_FLAGS,
        "reserved flag bits are set: 0x" + Integer.toHexString(flags),
        9);
    Method method = method(fixed[10] & 0xFF);
    int entry = fixed[11] & 0xFF;
    check(
        entry <= Format.ENTRY_RGBA8,
        Reason.UNKNOWN_PALETTE_ENTRY,
        "palette entry kind " + entry + " is not 0 (RGB8) or 1 (RGBA8)",
        11);
    int space = fixed[22] & 0xFF;
    check(
        space <= ColorSpace.ICC.code(),
        Reason.UNKNOWN_COLOR_SPACE,
        "colour space " + space + " is not 0 (sRGB) or 1 (ICC profile)",
        22);
    int colors = ((fixed[20] & 0xFF) << 8 | fixed[21] & 0xFF) + 1;
    Tiling tiling = tiling(fixed, colors);
    Palette palette = palette(colors, entry == Format.ENTRY_RGBA8);
    return new Header(
        method,
        palette,
        space == ColorSpace.ICC.code() ? ColorSpace.ICC : ColorSpace.SRGB,
        tiling,
        (flags & Format.FLAG_CHUNKS) != 0,
        (flags & Format.FLAG_MATCHES) != 0);
  }

  private void readSignature(byte[] fixed) throws IOException {
    int got = 0;
    while (got < SIGNATURE.length) {
      int n = input.read(fixed, got, SIGNATURE.length - got);
      if (n < 0) {
        break;
      }
      got += n;
    }
    if (got == SIGNATURE.length && Arrays.equals(fixed, 0, got, SIGNATURE, 0, got)) {
      return;
    }
    if (got > 0 && got < SIGNATURE.length && Arrays.equals(fixed, 0, got, SIGNATURE, 0, got)) {
      throw input.truncated("the signature");
    }
    check(!textDamage(fixed, got), Reason.TEXT_MODE_DAMAGE, "damaged by text-mode transfer", 0);
    throw new KmqFormatException(Reason.NOT_KMQ, "not a kmq file", 0);
  }

  private static boolean textDamage(byte[] found, int got) {
    for (byte[] damaged : TEXT_DAMAGE) {
      if (got >= damaged.length
          && Arrays.equals(found, 0, damaged.length, damaged, 0, damaged.length)) {
        return true;
      }
    }
    return false;
  }

  private static Method method(int code) throws KmqFormatException {
    for (Method method : Method.values()) {
      if (method.code() == code) {
        return method;
      }
    }
    String name = code == 3 ? " (mix)" : "";
    throw new KmqFormatException(
        Reason.UNKNOWN_METHOD, "index method " + code + name + " is not known to this reader", 10);
  }

  private Tiling tiling(byte[] fixed, int colors) throws KmqFormatException {
    int width = Format.getInt(fixed, 12);
    int height = Format.getInt(fixed, 16);
    check(
        width >= 1 && height >= 1,
        Reason.INVALID_DIMENSIONS,
        "width and height are 1 to 2147483647, not "
            + Integer.toUnsignedString(width)
            + "x"
            + Integer.toUnsignedString(height),
        12);
    Tiling tiling = new Tiling(width, height, (fixed[23] & 0xF0) >>> 4, fixed[23] & 0x0F);
    long tilePixels = (long) tiling.tileWidth() * tiling.tileHeight();
    check(
        Format.packedBytes(tilePixels, Palette.bitsPerIndex(colors)) <= Format.MAX_TILE_BYTES,
        Reason.TILE_TOO_LARGE,
        "a tile of " + tilePixels + " pixels is too large; larger pictures must be tiled",
        23);
    String size = width + "x" + height;
    long pixels = (long) width * height;
    check(
        pixels <= limits.maxPixels(),
        Reason.LIMIT_PIXELS,
        size + " are more pixels than the limit of " + limits.maxPixels(),
        12);
    long maxTiles = Math.min(limits.maxTiles(), Integer.MAX_VALUE);
    check(
        tiling.count() <= maxTiles,
        Reason.LIMIT_TILES,
        tiling.count() + " tiles are more than the limit of " + maxTiles,
        23);
    return tiling;
  }

  private Palette palette(int colors, boolean alpha) throws IOException {
    int entryBytes = alpha ? 4 : 3;
    byte[] bytes = input.readData(colors * entryBytes, "the palette");
    crc.update(bytes);
    long at = input.position();
    check(
        input.readInt("the header checksum") == (int) crc.getValue(),
        Reason.HEADER_CRC,
        "the checksum of header and palette is wrong",
        at);
    int[] argb = new int[colors];
    for (int i = 0; i < colors; i++) {
      int p = i * entryBytes;
      int rgb = (bytes[p] & 0xFF) << 16 | (bytes[p + 1] & 0xFF) << 8 | bytes[p + 2] & 0xFF;
      argb[i] = alpha ? (bytes[p + 3] & 0xFF) << 24 | rgb : rgb;
    }
    return alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  private static void check(boolean holds, Reason reason, String what, long offset)
      throws KmqFormatException {
    if (!holds) {
      throw new KmqFormatException(reason, what, offset);
    }
  }
}
