package dev.kmq.imageio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Copies runs of bits, most significant first, between arrays at any bit positions. */
final class BitCopy {
  /** Bytes that the source must have after the bits that are copied. */
  static final int SLACK = 9;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BitCopy() {}

  /** Copies {@code n} bits; the bits around them in the target stay as they are. */
  static void copy(byte[] from, long fromBit, byte[] to, long toBit, long n) {
    int head = (int) Math.min(n, -toBit & 7);
    if (head > 0) {
      put(to, toBit, get(from, fromBit), head);
    }
    long bit = fromBit + head;
    int at = (int) ((toBit + head) >>> 3);
    long left = n - head;
    int whole = (int) (left >>> 3);
    copyBytes(from, bit, to, at, whole);
    int tail = (int) (left & 7);
    if (tail > 0) {
      put(to, (at + (long) whole) << 3, get(from, bit + 8L * whole), tail);
    }
  }

  private static void copyBytes(byte[] from, long bit, byte[] to, int at, int n) {
    int i = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    if (shift == 0) {
      System.arraycopy(from, i, to, at, n);
      return;
    }
    int done = 0;
    for (; done <= n - 8; done += 8) {
      long word = (long) LONG.get(from, i + done) << shift;
      LONG.set(to, at + done, word | (from[i + done + 8] & 0xFF) >>> (8 - shift));
    }
    for (; done < n; done++) {
      to[at + done] = (byte) get(from, bit + 8L * done);
    }
  }

  /** The eight bits that start at a position. */
  private static int get(byte[] from, long bit) {
    int i = (int) (bit >>> 3);
    int two = (from[i] & 0xFF) << 8 | from[i + 1] & 0xFF;
    return two >>> (8 - (int) (bit & 7)) & 0xFF;
  }

  /** Sets {@code n} bits within one byte to the first ones of {@code bits}. */
  private static void put(byte[] to, long bit, int bits, int n) {
    int i = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    int mask = (0xFF00 >>> n & 0xFF) >>> shift;
    to[i] = (byte) (to[i] & ~mask | bits >>> shift & mask);
  }
}
