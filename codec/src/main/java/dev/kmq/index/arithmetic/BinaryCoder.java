package dev.kmq.index.arithmetic;

import dev.kmq.index.PayloadException;

/**
 * Encoder or decoder of binary decisions. Models use this class, so that they are written once for
 * both directions.
 */
public abstract class BinaryCoder {
  /** Bits of a probability. */
  public static final int PROBABILITY_BITS = 16;

  /** The coder reads or writes a byte when the range falls below this. */
  static final long LEAST_RANGE = 1L << 24;

  /** Bytes after the payload that are read as zero and never written. */
  static final int IMPLIED_BYTES = 3;

  /**
   * Announces the next decision. Only a coder that measures uses it.
   *
   * @param decision the number that the model has given to the decision
   * @return its probability of 1, if the coder knows it already, else 0
   */
  public int begin(int decision) {
    return 0;
  }

  /**
   * Codes one decision.
   *
   * @param bit the decision, 0 or 1; ignored by a decoder
   * @param one probability of 1 in 1/65536, 1 to 65535
   * @return the decision
   * @throws PayloadException if the payload ends before the tile is full
   */
  public abstract int code(int bit, int one) throws PayloadException;
}
