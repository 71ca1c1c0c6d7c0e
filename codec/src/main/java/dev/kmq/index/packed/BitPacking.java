package dev.kmq.index.packed;

import dev.kmq.bytes.Words;
import java.util.Arrays;

/**
 * The hot loops of the packed layout. Eight indices of b bits fill b bytes. Up to 8 bits, a group
 * of eight is one word whose halves, quarters and eighths are moved apart or together in three
 * steps; above, it is two words of four indices. {@code PackedBenchmark} shows the rate.
 */
final class BitPacking {
  /** Bytes that an array must have after the packed data, because loads may overrun. */
  static final int SLACK = 16;

  private BitPacking() {}

  /** Bytes or shorts that a block of {@code n} indices must have room for: whole groups. */
  static int roomFor(int n) {
    return (n + 7) & -8;
  }

  /** Unpacks {@code n} indices of 1 to 8 bits; {@code block} has {@link #roomFor} them. */
  static void unpack(byte[] packed, int n, int bits, byte[] block) {
    long half = (1L << 4 * bits) - 1;
    long quarters = ((1L << 2 * bits) - 1) * 0x100000001L;
    long eighths = ((1L << bits) - 1) * 0x0001000100010001L;
    for (int i = 0, at = 0; i < n; i += 8, at += bits) {
      long word = Words.bigEndian(packed, at) >>> (64 - 8 * bits);
      word = word & half | (word >>> 4 * bits & half) << 32;
      word = word & quarters | (word >>> 2 * bits & quarters) << 16;
      word = word & eighths | (word >>> bits & eighths) << 8;
      Words.setBigEndian(block, i, word);
    }
  }

  /** Unpacks {@code n} indices of 9 to 16 bits; {@code block} has {@link #roomFor} them. */
  static void unpack(byte[] packed, int n, int bits, short[] block) {
    int mask = (1 << bits) - 1;
    int first = 64 - bits;
    for (int i = 0, bit = 0; i < n; i += 4, bit += 4 * bits) {
      long word = Words.bigEndian(packed, bit >>> 3) << (bit & 7);
      block[i] = (short) (word >>> first);
      block[i + 1] = (short) (word >>> (first - bits) & mask);
      block[i + 2] = (short) (word >>> (first - 2 * bits) & mask);
      block[i + 3] = (short) (word >>> (first - 3 * bits) & mask);
    }
  }

  /**
   * Packs {@code n} indices of 1 to 8 bits; the rest after the last index becomes 0, also in {@code
   * block}.
   */
  static void pack(byte[] block, int n, int bits, byte[] packed) {
    Arrays.fill(block, n, roomFor(n), (byte) 0);
    long eighths = ((1L << bits) - 1) * 0x0001000100010001L;
    long quarters = ((1L << 2 * bits) - 1) * 0x100000001L;
    long half = (1L << 4 * bits) - 1;
    for (int i = 0, at = 0; i < n; i += 8, at += bits) {
      long word = Words.bigEndian(block, i);
      word = word & eighths | (word >>> 8 & eighths) << bits;
      word = word & quarters | (word >>> 16 & quarters) << 2 * bits;
      word = word & half | word >>> 32 << 4 * bits;
      Words.setBigEndian(packed, at, word << (64 - 8 * bits));
    }
  }

  /**
   * Packs {@code n} indices of 9 to 16 bits; the rest after the last index becomes 0, also in
   * {@code block}.
   */
  static void pack(short[] block, int n, int bits, byte[] packed) {
    Arrays.fill(block, n, roomFor(n), (short) 0);
    int mask = (1 << bits) - 1;
    for (int i = 0, at = 0; i < n; i += 8, at += bits) {
      long upper = four(block, i, bits, mask);
      long lower = four(block, i + 4, bits, mask);
      Words.setBigEndian(packed, at, upper << (64 - 4 * bits) | lower >>> 1 >>> (8 * bits - 65));
      Words.setBigEndian(packed, at + 8, lower << (128 - 8 * bits));
    }
  }

  private static long four(short[] block, int i, int bits, int mask) {
    return (long) (block[i] & mask) << 3 * bits
        | (long) (block[i + 1] & mask) << 2 * bits
        | (long) (block[i + 2] & mask) << bits
        | (block[i + 3] & mask);
  }

  /**
   * The largest of packed indices of 2 or 4 bits, or any number below {@code colors} if all are
   * below. Eight bytes are checked at a time: an index that is too large carries into the next
   * field.
   */
  static int max(byte[] packed, int from, int length, int bits, int colors) {
    long fields = bits == 2 ? 0x3333333333333333L : 0x0F0F0F0F0F0F0F0FL;
    long ones = bits == 2 ? 0x1111111111111111L : 0x0101010101010101L;
    long add = ones * ((1 << bits) - colors);
    long over = 0;
    int i = from;
    int end = from + length;
    for (; i <= end - 8; i += 8) {
      long word = Words.bigEndian(packed, i);
      over |= (word & fields) + add | (word >>> bits & fields) + add;
    }
    int max = 0;
    for (int j = (over & ones << bits) == 0 ? i : from; j < end; j++) {
      for (int shift = 0; shift < 8; shift += bits) {
        max = Math.max(max, packed[j] >>> shift & ((1 << bits) - 1));
      }
    }
    return max;
  }
}
