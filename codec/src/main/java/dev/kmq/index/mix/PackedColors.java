package dev.kmq.index.mix;

/**
 * SIMD within a register: the four channels of a colour as numbers below 1024 in one {@code long},
 * 16 bits apart, red lowest.
 */
final class PackedColors {
  private static final long ONES = 0x0001_0001_0001_0001L;
  private static final long BORROW = ONES << 10;
  private static final long NUMBERS = ONES * 0x3FF;
  private static final long BYTES = ONES * 0xFF;

  private PackedColors() {}

  /** Packs a colour with straight alpha, values 0 to 255. */
  static long of(int argb) {
    return argb >>> 16 & 0xFF
        | (argb & 0xFF00L) << 8
        | (argb & 0xFFL) << 32
        | (argb >>> 24 & 0xFFL) << 48;
  }

  /** Sum of the absolute differences. */
  static int distance(long p, long q) {
    long t = (p | BORROW) - q;
    long less = ONES - (t >>> 10 & ONES);
    return (int) (((t & NUMBERS ^ less * 0x3FF) + less) * ONES >>> 48);
  }

  /** {@code p + q - r}, clamped to 0 to 255, for bytes in p, q, r. */
  static long gradient(long p, long q, long r) {
    long t = p + q + (ONES << 9) - r;
    long positive = t >>> 9 & ONES;
    long above = t >>> 8 & positive;
    return (t & BYTES | above * 0xFF) & positive * 0xFF;
  }

  /** The value of one channel. */
  static int get(long lanes, int channel) {
    return (int) (lanes >>> 16 * channel) & 0x3FF;
  }
}
