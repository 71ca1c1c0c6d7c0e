package dev.kmq.index.rans;

import java.util.Arrays;

/** Writes numbers of few bits, most significant first (specification, section Shared tables). */
final class BitWriter {
  private byte[] bytes = new byte[256];
  private int bit;

  /** Writes the low {@code bits} bits of a number, 0 to 31. */
  void write(int value, int bits) {
    for (int i = bits - 1; i >= 0; i--) {
      if (bit >>> 3 == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      bytes[bit >>> 3] |= (byte) ((value >>> i & 1) << (7 - (bit & 7)));
      bit++;
    }
  }

  /** Writes a number from 1 on in Elias' gamma code: its length less 1 in 0 bits, then itself. */
  void writeGamma(int value) {
    int log = 31 - Integer.numberOfLeadingZeros(value);
    write(0, log);
    write(value, log + 1);
  }

  /** Writes 0, 1, -1, 2, -2 ... as gamma codes of 1, 2, 3, 4, 5 ... */
  void writeSigned(int value) {
    writeGamma(fold(value));
  }

  private static int fold(int value) {
    return value > 0 ? 2 * value : 1 - 2 * value;
  }

  /** The bytes written so far, the last one padded with 0 bits. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, bit + 7 >>> 3);
  }
}
