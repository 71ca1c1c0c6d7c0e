package dev.kmq.index.packed;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Method 0: the indices of a tile row after row, each in b = ceil(log2 K) bits, most significant
 * bit first, without padding between rows; the spare bits of the last byte are 0.
 */
public final class PackedMethod implements IndexMethod {
  /** Indices handled at a time; a multiple of 8, so that every block begins on a whole byte. */
  private static final int BLOCK = 1 << 13;

  @Override
  public void encode(IndexPlane tile, Palette palette, OutputStream payload) throws IOException {
    int bits = palette.bitsPerIndex();
    short[] block = new short[BLOCK];
    byte[] packed = new byte[BLOCK / 8 * bits + BitPacking.SLACK];
    long left = (long) tile.width() * tile.height();
    BlockCursor cursor = new BlockCursor(tile);
    while (left > 0) {
      int n = (int) Math.min(BLOCK, left);
      cursor.get(block, n);
      BitPacking.pack(block, n, bits, packed);
      payload.write(packed, 0, (n * bits + 7) / 8);
      left -= n;
    }
  }

  @Override
  public void decode(InputStream payload, Palette palette, IndexPlane tile) throws IOException {
    int colors = palette.size();
    int bits = palette.bitsPerIndex();
    Checks checks = new Checks();
    if (bits == 8) {
      decodeBytes(payload, colors, tile, checks);
    } else {
      decodeBits(payload, colors, bits, tile, checks);
    }
    if (payload.read() >= 0) {
      throw new PayloadException(Fault.LONG, "the payload is longer than the tile");
    }
    checks.raise(colors);
  }

  /** A byte an index goes straight to the target, checked there. */
  private static void decodeBytes(InputStream payload, int colors, IndexPlane tile, Checks checks)
      throws IOException {
    boolean joined = tile.stride() == tile.width();
    int runs = joined ? 1 : tile.height();
    int length = joined ? tile.width() * tile.height() : tile.width();
    for (int y = 0; y < runs; y++) {
      int at = tile.at(0, y);
      readFully(payload, tile.bytes(), at, length);
      if (colors < 256) {
        checks.max = Math.max(checks.max, maxByte(tile.bytes(), at, length));
      }
    }
  }

  private static int maxByte(byte[] bytes, int from, int length) {
    int max = 0;
    for (int i = from; i < from + length; i++) {
      max = Math.max(max, bytes[i] & 0xFF);
    }
    return max;
  }

  private static void decodeBits(
      InputStream payload, int colors, int bits, IndexPlane tile, Checks checks)
      throws IOException {
    short[] block = new short[BLOCK];
    byte[] packed = new byte[BLOCK / 8 * bits + BitPacking.SLACK];
    boolean exact = colors == 1 << bits;
    long left = (long) tile.width() * tile.height();
    BlockCursor cursor = new BlockCursor(tile);
    while (left > 0) {
      int n = (int) Math.min(BLOCK, left);
      int length = (n * bits + 7) / 8;
      readFully(payload, packed, 0, length);
      int spare = length * 8 - n * bits;
      checks.spare |= packed[length - 1] & ((1 << spare) - 1);
      BitPacking.unpack(packed, n, bits, block);
      if (!exact) {
        checks.max = Math.max(checks.max, BitPacking.max(block, n));
      }
      cursor.put(block, n);
      left -= n;
    }
  }

  private static void readFully(InputStream in, byte[] target, int offset, int length)
      throws IOException {
    if (in.readNBytes(target, offset, length) < length) {
      throw new PayloadException(Fault.SHORT, "the payload is shorter than the tile");
    }
  }

  /** What a tile showed, judged at its end so that the first rule broken is the one named. */
  private static final class Checks {
    int max;
    int spare;

    void raise(int colors) throws PayloadException {
      if (max >= colors) {
        throw new PayloadException(
            Fault.INDEX_OUT_OF_RANGE, "palette index " + max + " >= K = " + colors);
      }
      if (spare != 0) {
        throw new PayloadException(Fault.SPARE_BITS, "spare bits of the last byte are not 0");
      }
    }
  }
}
