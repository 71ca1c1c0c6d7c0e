package dev.kmq.index.arithmetic;

import java.util.Arrays;

/**
 * Writes decisions as a number in base 256 (range coder after G. N. N. Martin, 1979): decision 1
 * takes the lower part of the interval. Carries run into bytes already written.
 */
public final class ArithmeticEncoder extends BinaryCoder {
  private static final long MASK = 0xFFFFFFFFL;

  private byte[] bytes = new byte[1 << 10];
  private int length;
  private long low;
  private long range = MASK;

  @Override
  public int code(int bit, int one) {
    long bound = range * one >>> PROBABILITY_BITS;
    if (bit != 0) {
      range = bound;
    } else {
      low += bound;
      range -= bound;
    }
    while (range < LEAST_RANGE) {
      shift();
      range <<= 8;
    }
    return bit;
  }

  private void shift() {
    if (low > MASK) {
      carry();
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) (low >>> 24);
    low = low << 8 & MASK;
  }

  private void carry() {
    int at = length - 1;
    while (++bytes[at] == 0) {
      at--;
    }
    low &= MASK;
  }

  /**
   * Ends the number: the least multiple of 2^24 in the interval, whose last three bytes are zero
   * and left out.
   *
   * @return the whole payload
   */
  public byte[] finish() {
    low = low + LEAST_RANGE - 1 & -LEAST_RANGE;
    shift();
    return Arrays.copyOf(bytes, length);
  }
}
