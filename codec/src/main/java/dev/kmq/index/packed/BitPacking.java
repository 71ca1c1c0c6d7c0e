package dev.kmq.index.packed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hot loops of the packed layout. Eight indices of b bits fill b bytes, so a group of eight is
 * one load and eight shifts for b up to 8, two loads above. {@code PackedBenchmark} shows the rate.
 */
final class BitPacking {
  /** Bytes that an array must have beyond the packed data, so that loads may run over. */
  static final int SLACK = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BitPacking() {}

  /** Unpacks {@code n} indices of 1 to 16 bits; {@code block} has room for n rounded up to 8. */
  static void unpack(byte[] packed, int n, int bits, short[] block) {
    int half = bits <= 8 ? 8 : 4;
    int mask = (1 << bits) - 1;
    int first = 64 - bits;
    for (int i = 0, bit = 0; i < n; i += half, bit += half * bits) {
      long word = (long) LONG.get(packed, bit >>> 3) << (bit & 7);
      for (int j = 0, shift = first; j < half; j++, shift -= bits) {
        block[i + j] = (short) (word >>> shift & mask);
      }
    }
  }

  /** Packs {@code n} indices of 1 to 16 bits; what lies behind the last index becomes 0 bits. */
  static void pack(short[] block, int n, int bits, byte[] packed) {
    long word = 0;
    int held = 0;
    int at = 0;
    int mask = (1 << bits) - 1;
    for (int i = 0; i < n; i++) {
      word = word << bits | (block[i] & mask);
      held += bits;
      while (held >= 8) {
        held -= 8;
        packed[at++] = (byte) (word >>> held);
      }
    }
    if (held > 0) {
      packed[at] = (byte) (word << (8 - held));
    }
  }

  /** The largest of the first {@code n} indices. */
  static int max(short[] block, int n) {
    int max = 0;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, block[i] & 0xFFFF);
    }
    return max;
  }
}
