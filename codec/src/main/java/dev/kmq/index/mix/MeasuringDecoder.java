package dev.kmq.index.mix;

import dev.kmq.index.PayloadException;
import dev.kmq.index.arithmetic.ArithmeticDecoder;

/** Adds up the information of the decisions that it decodes, by kind. */
final class MeasuringDecoder extends ArithmeticDecoder {
  private static final double LN_2 = StrictMath.log(2);

  private final double[] bits;
  private int kind;

  /**
   * A decoder that adds to these numbers.
   *
   * @param bits by {@link DecisionKind}
   */
  MeasuringDecoder(byte[] payload, double[] bits) throws PayloadException {
    super(payload);
    this.bits = bits;
  }

  @Override
  public int begin(int decision) {
    kind = Math.min(decision, DecisionKind.NODE);
    return 0;
  }

  /** What a decision costs is how much of the interval it leaves, rounding of bounds included. */
  @Override
  public int code(int ignored, int one) throws PayloadException {
    long whole = range();
    long bound = whole * one >>> PROBABILITY_BITS;
    int bit = super.code(ignored, one);
    long part = bit != 0 ? bound : whole - bound;
    bits[kind] += StrictMath.log((double) whole / part) / LN_2;
    return bit;
  }
}
