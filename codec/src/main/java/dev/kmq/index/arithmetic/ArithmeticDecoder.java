package dev.kmq.index.arithmetic;

import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;

/** Decodes what {@link ArithmeticEncoder} writes, and refuses anything else. */
public class ArithmeticDecoder extends BinaryCoder {
  private final byte[] payload;
  private int at;
  private long code;
  private long range = 0xFFFFFFFFL;

  /**
   * Starts at the beginning of a payload.
   *
   * @param payload not copied
   * @throws PayloadException if no encoder writes such a beginning
   */
  public ArithmeticDecoder(byte[] payload) throws PayloadException {
    this.payload = payload;
    for (int i = 0; i < 4; i++) {
      code = code << 8 | next();
    }
    if (code >= range) {
      throw new PayloadException(Fault.CORRUPT, "the first four bytes are all 255");
    }
  }

  @Override
  public int code(int ignored, int one) throws PayloadException {
    long bound = range * one >>> PROBABILITY_BITS;
    int bit;
    if (code < bound) {
      range = bound;
      bit = 1;
    } else {
      code -= bound;
      range -= bound;
      bit = 0;
    }
    while (range < LEAST_RANGE) {
      code = code << 8 | next();
      range <<= 8;
    }
    return bit;
  }

  /** Size of the interval. */
  protected final long range() {
    return range;
  }

  private int next() throws PayloadException {
    if (at < payload.length) {
      return payload[at++] & 0xFF;
    }
    if (at - payload.length < IMPLIED_BYTES) {
      at++;
      return 0;
    }
    throw new PayloadException(Fault.SHORT, "the payload ends before the tile is full");
  }

  /**
   * Checks that the payload ends where the tile does, with the number that an encoder chooses.
   *
   * @throws PayloadException if it does not
   */
  public void expectEnd() throws PayloadException {
    if (at < payload.length + IMPLIED_BYTES) {
      throw new PayloadException(Fault.TRAILING_BYTES, "bytes follow the last coded index");
    }
    if (code >= LEAST_RANGE) {
      throw new PayloadException(Fault.CORRUPT, "the last byte is not the one an encoder writes");
    }
  }
}
