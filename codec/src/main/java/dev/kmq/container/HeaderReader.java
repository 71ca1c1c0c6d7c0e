package dev.kmq.container;

import dev.kmq.bytes.Crc32c;
import dev.kmq.image.Palette;
import dev.kmq.index.PayloadException;
import dev.kmq.palette.CodedPalette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Checksum;

/** Reads and checks header and palette, in the order of the specification (section Refusals). */
final class HeaderReader {
  private static final byte[] SIGNATURE = Format.signature();

  /** The start of the signature after transfers in text mode (specification, R2). */
  private static final byte[][] TEXT_DAMAGE = {
    {(byte) 0xCB, 'K', 'M', 'Q'}, // line ends changed
    {0x4B, 'K', 'M', 'Q'}, // the high bit lost
    {(byte) 0xC3, (byte) 0x8B, 'K', 'M', 'Q'}, // read as Latin-1 and written as UTF-8
    {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD, 'K', 'M', 'Q'} // read as UTF-8 and replaced
  };

  private final ByteInput input;
  private final Limits limits;

  /** Header and palette as they are stored. */
  private byte[] head = {};

  /** Offset of a coded palette in {@link #head}, after its length. */
  private int paletteAt;

  HeaderReader(ByteInput input, Limits limits) {
    this.input = input;
    this.limits = limits;
  }

  /** Header and palette as they are stored, after reading. */
  byte[] head() {
    return head;
  }

  /** Reads them and, unless the file is short, their checksum; leaves the input after them. */
  Header read() throws IOException {
    byte[] fixed = new byte[Format.HEADER_BYTES];
    readSignature(fixed);
    int end = Format.SHORT_HEADER_BYTES;
    input.readFully(fixed, Format.SIGNATURE_BYTES, end - Format.SIGNATURE_BYTES, "the header");
    int version = fixed[8] & 0xFF;
    int flags = fixed[9] & 0xFF;
    boolean isShort = version == Format.VERSION && (flags & Format.FLAG_SHORT) != 0;
    if (!isShort) {
      input.readFully(fixed, end, Format.HEADER_BYTES - end, "the header");
    }
    check(
        version == Format.VERSION,
        RefusalReason.UNKNOWN_VERSION,
        "version " + version + " is not 1",
        8);
    int method = isShort ? fixed[10] & 0x0F : fixed[10];
    int known =
        (isShort ? Format.FLAG_SHORT : Format.FLAG_CHUNKS)
            | (method == Method.MIX.code() ? Format.FLAG_MATCHES : 0);
    check(
        (flags & ~known) == 0,
        RefusalReason.RESERVED_FLAGS,
        "reserved flag bits are set: 0x" + Integer.toHexString(flags),
        9);
    return isShort ? shortHeader(fixed) : fullHeader(fixed);
  }

  private Header fullHeader(byte[] fixed) throws IOException {
    Method method = method(fixed[10] & 0xFF);
    int entry = entry(fixed[11] & 0xFF, method, 11);
    int space = fixed[22] & 0xFF;
    check(
        space <= ColorSpace.ICC.code(),
        RefusalReason.UNKNOWN_COLOR_SPACE,
        "colour space " + space + " is not 0 (sRGB) or 1 (ICC profile)",
        22);
    int colors = ((fixed[20] & 0xFF) << 8 | fixed[21] & 0xFF) + 1;
    Tiling tiling = tiling(fixed, colors);
    readPalette(fixed, colors, entry);
    long at = input.position();
    requireChecksum(input.readInt("the header checksum"), sum(head), "header and palette", at);
    return new Header(
        method,
        palette(colors, entry),
        space == ColorSpace.ICC.code() ? ColorSpace.ICC : ColorSpace.SRGB,
        tiling,
        (fixed[Format.FLAGS_OFFSET] & Format.FLAG_CHUNKS) != 0,
        (fixed[Format.FLAGS_OFFSET] & Format.FLAG_MATCHES) != 0,
        (entry & Format.ENTRY_CODED) != 0,
        false);
  }

  private Header shortHeader(byte[] fixed) throws IOException {
    int code = fixed[10] & 0x0F;
    check(
        code != Method.PACKED.code(),
        RefusalReason.UNKNOWN_METHOD,
        "a short file cannot be packed",
        10);
    Method method = method(code);
    int entry = entry((fixed[10] & 0xF0) >>> 4, method, 10);
    int colors = (fixed[13] & 0xFF) + 1;
    Tiling tiling = Tiling.full((fixed[11] & 0xFF) + 1, (fixed[12] & 0xFF) + 1);
    checkPixels(tiling, 11);
    readPalette(Arrays.copyOf(fixed, Format.SHORT_HEADER_BYTES), colors, entry);
    byte[] rest = readRest(method, tiling, colors);
    Checksum crc = sum(head);
    Format.update(crc, rest);
    byte[] checksum = new byte[Format.CRC_BYTES];
    long at = input.position();
    input.readFully(checksum, 0, checksum.length, "the checksum");
    requireChecksum(Format.getInt(checksum, 0), crc, "the file", at);
    Header header =
        new Header(
            method,
            palette(colors, entry),
            ColorSpace.SRGB,
            tiling,
            false,
            (fixed[Format.FLAGS_OFFSET] & Format.FLAG_MATCHES) != 0,
            (entry & Format.ENTRY_CODED) != 0,
            true);
    byte[] again = Arrays.copyOf(rest, rest.length + checksum.length);
    System.arraycopy(checksum, 0, again, rest.length, checksum.length);
    input.unread(again);
    return header;
  }

  /** Reads the part of a short file between palette and checksum: shared tables and the tile. */
  private byte[] readRest(Method method, Tiling tiling, int colors) throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    boolean tables = method.sharesTables() && colors > 1;
    if (tables) {
      readShared(rest);
    }
    boolean noTables = tables && rest.size() == Format.SHORT_TABLES_LENGTH_BYTES;
    long at = input.position();
    long packed =
        Format.packedBytes((long) tiling.width() * tiling.height(), Palette.bitsPerIndex(colors));
    int bytes = Format.lengthBytes(packed);
    int length = input.readLength(bytes, "tile 0");
    if (length >= Math.max(1, packed) || length > 0 && noTables) {
      throw new KmqFormatException(
          RefusalReason.TILE_LENGTH, "a tile cannot be " + length + " bytes long", 0, at);
    }
    write(rest, length, bytes);
    byte[] tile = input.readData(length == 0 ? (int) packed : length, "tile 0");
    rest.write(tile, 0, tile.length);
    return rest.toByteArray();
  }

  private void readShared(ByteArrayOutputStream rest) throws IOException {
    int length = input.readLength(Format.SHORT_TABLES_LENGTH_BYTES, "the shared tables");
    write(rest, length, Format.SHORT_TABLES_LENGTH_BYTES);
    byte[] shared = input.readData(length, "the shared tables");
    rest.write(shared, 0, shared.length);
  }

  private static void write(ByteArrayOutputStream out, int length, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write(length >>> shift);
    }
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
    if (got == SIGNATURE.length && agree(fixed, SIGNATURE, got)) {
      return;
    }
    if (got > 0 && got < SIGNATURE.length && agree(fixed, SIGNATURE, got)) {
      throw input.truncated("the signature");
    }
    check(
        !textDamage(fixed, got),
        RefusalReason.TEXT_MODE_DAMAGE,
        "damaged by text-mode transfer",
        0);
    throw new KmqFormatException(
        RefusalReason.NOT_KMQ, got == 0 ? "the file is empty" : "not a .kmq file", 0);
  }

  private static boolean agree(byte[] a, byte[] b, int length) {
    return Arrays.equals(Arrays.copyOf(a, length), Arrays.copyOf(b, length));
  }

  private static boolean textDamage(byte[] found, int got) {
    for (byte[] damaged : TEXT_DAMAGE) {
      if (got >= damaged.length && agree(found, damaged, damaged.length)) {
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
    throw new KmqFormatException(
        RefusalReason.UNKNOWN_METHOD, "index method " + code + " is unknown to this reader", 10);
  }

  private static int entry(int entry, Method method, int offset) throws KmqFormatException {
    check(
        entry <= (Format.ENTRY_ALPHA | Format.ENTRY_CODED),
        RefusalReason.UNKNOWN_PALETTE_ENTRY,
        "palette entry kind " + entry + " is not 0 (RGB8), 1 (RGBA8), or one of these coded (2, 3)",
        offset);
    check(
        method != Method.PACKED || (entry & Format.ENTRY_CODED) == 0,
        RefusalReason.UNKNOWN_PALETTE_ENTRY,
        "the palette of a packed file cannot be coded",
        offset);
    return entry;
  }

  private Tiling tiling(byte[] fixed, int colors) throws KmqFormatException {
    int width = Format.getInt(fixed, 12);
    int height = Format.getInt(fixed, 16);
    check(
        width >= 1 && height >= 1,
        RefusalReason.INVALID_DIMENSIONS,
        "width and height must be 1 to 2147483647, not "
            + Integer.toUnsignedString(width)
            + "x"
            + Integer.toUnsignedString(height),
        12);
    Tiling tiling = new Tiling(width, height, (fixed[23] & 0xF0) >>> 4, fixed[23] & 0x0F);
    long tilePixels = (long) tiling.tileWidth() * tiling.tileHeight();
    check(
        Format.packedBytes(tilePixels, Palette.bitsPerIndex(colors)) <= Format.MAX_TILE_BYTES,
        RefusalReason.TILE_TOO_LARGE,
        "a tile of " + tilePixels + " pixels is too large; larger images must be tiled",
        23);
    checkPixels(tiling, 12);
    long maxTiles = Math.min(limits.maxTiles(), Integer.MAX_VALUE);
    if (tiling.count() > maxTiles) {
      throw new KmqFormatException(
          RefusalReason.LIMIT_TILES,
          String.format(
              Locale.ROOT, "%,d tiles are more than the limit of %,d", tiling.count(), maxTiles),
          23);
    }
    return tiling;
  }

  private void checkPixels(Tiling tiling, int offset) throws KmqFormatException {
    // Formatting takes longer than reading the rest of the header.
    if ((long) tiling.width() * tiling.height() > limits.maxPixels()) {
      throw new KmqFormatException(
          RefusalReason.LIMIT_PIXELS,
          String.format(
              Locale.ROOT,
              "%dx%d pixels are more than the limit of %,d",
              tiling.width(),
              tiling.height(),
              limits.maxPixels()),
          offset);
    }
  }

  /** Reads the palette as it is stored, after the fixed part of the header. */
  private void readPalette(byte[] fixed, int colors, int entry) throws IOException {
    int plain = colors * entryBytes(entry);
    if ((entry & Format.ENTRY_CODED) == 0) {
      head = join(fixed, input.readData(plain, "the palette"));
      return;
    }
    long at = input.position();
    int bytes = Format.lengthBytes(plain);
    int length = input.readLength(bytes, "the palette");
    check(
        length >= 1 && length < plain,
        RefusalReason.PALETTE_LENGTH,
        "a coded palette cannot be " + length + " bytes long",
        at);
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    write(stored, length, bytes);
    paletteAt = fixed.length + bytes;
    head = join(fixed, join(stored.toByteArray(), input.readData(length, "the palette")));
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static int entryBytes(int entry) {
    return (entry & Format.ENTRY_ALPHA) != 0 ? 4 : 3;
  }

  private Palette palette(int colors, int entry) throws KmqFormatException {
    boolean alpha = (entry & Format.ENTRY_ALPHA) != 0;
    int entryBytes = entryBytes(entry);
    if ((entry & Format.ENTRY_CODED) != 0) {
      try {
        return CodedPalette.decode(Arrays.copyOfRange(head, paletteAt, head.length), colors, alpha);
      } catch (PayloadException e) {
        KmqFormatException refused =
            new KmqFormatException(
                RefusalReason.PALETTE_CORRUPT, "the coded palette: " + e.getMessage(), paletteAt);
        refused.initCause(e);
        throw refused;
      }
    }
    int[] argb = new int[colors];
    for (int i = 0, p = head.length - colors * entryBytes; i < colors; i++, p += entryBytes) {
      int rgb = (head[p] & 0xFF) << 16 | (head[p + 1] & 0xFF) << 8 | head[p + 2] & 0xFF;
      argb[i] = alpha ? (head[p + 3] & 0xFF) << 24 | rgb : rgb;
    }
    return alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  private static Checksum sum(byte[] bytes) {
    Checksum crc = Crc32c.create();
    Format.update(crc, bytes);
    return crc;
  }

  private static void requireChecksum(int stored, Checksum crc, String what, long offset)
      throws KmqFormatException {
    check(
        stored == (int) crc.getValue(),
        RefusalReason.HEADER_CRC,
        "the checksum of " + what + " is wrong",
        offset);
  }

  private static void check(boolean holds, RefusalReason reason, String what, long offset)
      throws KmqFormatException {
    if (!holds) {
      throw new KmqFormatException(reason, what, offset);
    }
  }
}
