package dev.kmq.index.packed;

import dev.kmq.bytes.Streams;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Method 0: the indices of a tile row after row, each in b = ceil(log2 K) bits, most significant
 * bit first, without padding between rows; the spare bits of the last byte are 0.
 */
public final class PackedMethod implements IndexMethod {
  /** Maximum number of indices per block; a multiple of 8, so that blocks begin on whole bytes. */
  private static final int BLOCK = 1 << 13;

  /** The same for indices of a byte, which are only copied: worth a call to read from a file. */
  private static final int BYTE_BLOCK = 1 << 16;

  @Override
  public void encode(IndexPlane tile, Palette palette, OutputStream payload) throws IOException {
    int bits = palette.bitsPerIndex();
    if (bits == 8) {
      encodeBytes(tile, payload);
    } else {
      encodeBits(tile, bits, payload);
    }
  }

  /** With a byte per index, the plane is the payload. */
  private static void encodeBytes(IndexPlane tile, OutputStream payload) throws IOException {
    boolean joined = tile.stride() == tile.width();
    int runs = joined ? 1 : tile.height();
    int length = joined ? tile.width() * tile.height() : tile.width();
    for (int y = 0; y < runs; y++) {
      payload.write(tile.bytes(), tile.at(0, y), length);
    }
  }

  private static void encodeBits(IndexPlane tile, int bits, OutputStream payload)
      throws IOException {
    long left = pixels(tile);
    int room = BitPacking.roomFor((int) Math.min(BLOCK, left));
    byte[] bytes = new byte[tile.wide() ? 0 : room];
    short[] shorts = new short[tile.wide() ? room : 0];
    byte[] packed = new byte[room / 8 * bits + BitPacking.SLACK];
    BlockCursor cursor = new BlockCursor(tile);
    while (left > 0) {
      int n = (int) Math.min(BLOCK, left);
      if (tile.wide()) {
        cursor.get(shorts, n);
        BitPacking.pack(shorts, n, bits, packed);
      } else {
        cursor.get(bytes, n);
        BitPacking.pack(bytes, n, bits, packed);
      }
      payload.write(packed, 0, (n * bits + 7) / 8);
      left -= n;
    }
  }

  @Override
  public void decode(InputStream payload, Palette palette, IndexPlane tile) throws IOException {
    int colors = palette.size();
    int bits = palette.bitsPerIndex();
    boolean spare = false;
    if (bits == 8) {
      decodeBytes(payload, tile);
    } else {
      spare = decodeBits(payload, bits, tile);
    }
    if (payload.read() >= 0) {
      throw new PayloadException(Fault.LONG, "the payload is longer than the tile");
    }
    if (colors < 1 << bits) {
      PayloadException.requireBelow(colors, tile);
    }
    if (spare) {
      throw new PayloadException(Fault.SPARE_BITS, "spare bits of the last byte are not 0");
    }
  }

  /**
   * Reads a payload of 1, 2 or 4 bits per index without unpacking it, and checks it as {@link
   * #decode} does.
   *
   * @param colors K, 2 to 16 but not 5 to 8
   * @param pixels indices of the tile
   * @param target receives the payload from {@code offset} on
   */
  public static void copyBits(
      InputStream payload, int colors, long pixels, byte[] target, int offset) throws IOException {
    int bits = Palette.bitsPerIndex(colors);
    int length = (int) ((pixels * bits + 7) / 8);
    readFully(payload, target, offset, length);
    if (payload.read() >= 0) {
      throw new PayloadException(Fault.LONG, "the payload is longer than the tile");
    }
    int spare = (1 << (int) (8L * length - pixels * bits)) - 1;
    byte last = target[offset + length - 1];
    target[offset + length - 1] = (byte) (last & ~spare);
    int max = colors < 1 << bits ? BitPacking.max(target, offset, length, bits, colors) : 0;
    if (max >= colors) {
      throw new PayloadException(
          Fault.INDEX_OUT_OF_RANGE, "palette index " + max + " >= K = " + colors);
    }
    if ((last & spare) != 0) {
      throw new PayloadException(Fault.SPARE_BITS, "spare bits of the last byte are not 0");
    }
  }

  @Override
  public List<String> parts() {
    return List.of("indices", "spare bits");
  }

  @Override
  public void measure(byte[] payload, Palette palette, IndexPlane tile, double[] bits)
      throws IOException {
    decode(new ByteArrayInputStream(payload), palette, tile);
    long indices = pixels(tile) * palette.bitsPerIndex();
    bits[0] += indices;
    bits[1] += 8L * payload.length - indices;
  }

  private static long pixels(IndexPlane tile) {
    return (long) tile.width() * tile.height();
  }

  /** With a byte per index, the payload is the plane. */
  private static void decodeBytes(InputStream payload, IndexPlane tile) throws IOException {
    if (tile.stride() == tile.width()) {
      readFully(payload, tile.bytes(), tile.at(0, 0), tile.width() * tile.height());
      return;
    }
    long left = pixels(tile);
    byte[] bytes = new byte[(int) Math.min(BYTE_BLOCK, left)];
    BlockCursor cursor = new BlockCursor(tile);
    for (int n; left > 0; left -= n) {
      n = (int) Math.min(BYTE_BLOCK, left);
      readFully(payload, bytes, 0, n);
      cursor.put(bytes, n);
    }
  }

  /** Whether a spare bit is set. */
  private static boolean decodeBits(InputStream payload, int bits, IndexPlane tile)
      throws IOException {
    long left = pixels(tile);
    int room = BitPacking.roomFor((int) Math.min(BLOCK, left));
    byte[] bytes = new byte[tile.wide() ? 0 : room];
    short[] shorts = new short[tile.wide() ? room : 0];
    byte[] packed = new byte[room / 8 * bits + BitPacking.SLACK];
    BlockCursor cursor = new BlockCursor(tile);
    int spare = 0;
    while (left > 0) {
      int n = (int) Math.min(BLOCK, left);
      int length = (n * bits + 7) / 8;
      readFully(payload, packed, 0, length);
      spare = packed[length - 1] & ((1 << (length * 8 - n * bits)) - 1);
      if (tile.wide()) {
        BitPacking.unpack(packed, n, bits, shorts);
        cursor.put(shorts, n);
      } else {
        BitPacking.unpack(packed, n, bits, bytes);
        cursor.put(bytes, n);
      }
      left -= n;
    }
    return spare != 0;
  }

  private static void readFully(InputStream in, byte[] target, int offset, int length)
      throws IOException {
    if (!Streams.readFully(in, target, offset, length)) {
      throw new PayloadException(Fault.SHORT, "the payload is shorter than the tile");
    }
  }
}
