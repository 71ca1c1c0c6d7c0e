package dev.kmq.index.arithmetic;

import dev.kmq.index.PayloadException;

/** One end of the arithmetic coder. The model runs over either, so that it is written once. */
public abstract class BinaryCoder {
  /** Bits of a probability. */
  public static final int PROBABILITY_BITS = 16;

  /** The coder takes in or gives out a byte when the range falls below this. */
  static final long LEAST_RANGE = 1L << 24;

  /** Bytes behind the payload that are read as zero, and never written. */
  static final int IMPLIED_BYTES = 3;

  /**
   * Told what the next decision is; only a coder that measures needs to know.
   *
   * @param decision a number that the model gives its decisions
   * @return its probability of 1, if the coder knows it already, else 0
   */
  public int begin(int decision) {
    return 0;
  }

  /**
   * Codes one decision.
   *
   * @param bit the decision, 0 or 1, if this is the encoder; without meaning if the decoder
   * @param one probability of 1 in 1/65536, 1 to 65535
   * @return the decision
   * @throws PayloadException if the payload is at its end before the tile is
   */
  public abstract int code(int bit, int one) throws PayloadException;
}
