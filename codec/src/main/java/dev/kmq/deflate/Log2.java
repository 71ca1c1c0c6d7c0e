package dev.kmq.deflate;

/**
 * Binary logarithms as integers in 1/65536 (Q16). They come from a table made with {@code
 * StrictMath}, so that an encoder makes the same decisions on every machine.
 */
final class Log2 {
  /** 1 bit. */
  static final int ONE = 1 << 16;

  private static final int TABLE_BITS = 11;
  private static final int[] FRACTION = new int[1 << TABLE_BITS];

  static {
    for (int i = 0; i < FRACTION.length; i++) {
      double log = StrictMath.log(1 + (double) i / FRACTION.length) / StrictMath.log(2);
      FRACTION[i] = (int) StrictMath.rint(ONE * log);
    }
  }

  private Log2() {}

  /** The logarithm of a number from 1 on; exact to 1/65536 up to 4095, to 1/1024 above. */
  static int of(int n) {
    int log = 31 - Integer.numberOfLeadingZeros(n);
    int mantissa = log > TABLE_BITS ? n >>> log - TABLE_BITS : n << TABLE_BITS - log;
    return (log << 16) + FRACTION[mantissa & FRACTION.length - 1];
  }
}
