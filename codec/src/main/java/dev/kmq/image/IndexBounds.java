package dev.kmq.image;

import dev.kmq.bytes.Words;

/**
 * Checks that indices are below a bound. Bytes are checked eight at a time: adding {@code 128 -
 * limit} carries into the top bit of every byte that is too large. {@code PackedBenchmark} shows
 * the rate.
 */
final class IndexBounds {
  private static final long ONES = 0x0101010101010101L;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
  private static final long TOP = 0x8080808080808080L;

  private IndexBounds() {}

  /** Whether {@code n} bytes are below {@code limit}, 1 to 255. */
  static boolean allBelow(byte[] bytes, int from, int n, int limit) {
    int end = from + n;
    int i = from;
    long add = ((limit <= 128 ? 128 : 256) - limit) * ONES;
    long over = 0;
    if (limit <= 128) {
      for (; i <= end - 8; i += 8) {
        long word = Words.bigEndian(bytes, i);
        over |= word | (word & LOW) + add;
      }
    } else {
      for (; i <= end - 8; i += 8) {
        long word = Words.bigEndian(bytes, i);
        over |= word & (word & LOW) + add;
      }
    }
    boolean below = (over & TOP) == 0;
    for (; i < end; i++) {
      below &= (bytes[i] & 0xFF) < limit;
    }
    return below;
  }

  /** Whether {@code n} unsigned shorts are below {@code limit}. */
  static boolean allBelow(short[] shorts, int from, int n, int limit) {
    for (int i = from; i < from + n; i++) {
      if ((shorts[i] & 0xFFFF) >= limit) {
        return false;
      }
    }
    return true;
  }
}
