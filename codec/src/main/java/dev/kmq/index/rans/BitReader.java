package dev.kmq.index.rans;

import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;

/** Reads what {@link BitWriter} writes. */
final class BitReader {
  /** Longest gamma code accepted: no number in the tables needs 13 bits. */
  private static final int MOST_ZEROS = 12;

  private final byte[] bytes;
  private int bit;

  BitReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int read(int bits) throws PayloadException {
    int value = 0;
    for (int i = 0; i < bits; i++) {
      if (bit >>> 3 >= bytes.length) {
        throw new PayloadException(Fault.SHORT, "the shared tables end too early");
      }
      value = value << 1 | bytes[bit >>> 3] >>> (7 - (bit & 7)) & 1;
      bit++;
    }
    return value;
  }

  /** Bits read so far. */
  int position() {
    return bit;
  }

  /** Whether any bit is left. */
  boolean hasMore() {
    return bit < 8L * bytes.length;
  }

  int readGamma() throws PayloadException {
    int zeros = 0;
    while (read(1) == 0) {
      if (++zeros > MOST_ZEROS) {
        throw new PayloadException(Fault.CORRUPT, "shared tables: a number out of range");
      }
    }
    return 1 << zeros | read(zeros);
  }

  int readSigned() throws PayloadException {
    int folded = readGamma();
    return (folded & 1) == 0 ? folded / 2 : -(folded / 2);
  }

  /** Refuses anything after the current position except 0 bits up to the next byte. */
  void end() throws PayloadException {
    if (bytes.length > bit + 7 >>> 3) {
      throw new PayloadException(Fault.TRAILING_BYTES, "bytes follow the shared tables");
    }
    if ((bit & 7) != 0 && read(8 - (bit & 7)) != 0) {
      throw new PayloadException(Fault.SPARE_BITS, "spare bits after the shared tables are not 0");
    }
  }
}
