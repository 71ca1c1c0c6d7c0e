package dev.kmq.index.mix;

import dev.kmq.index.PayloadException;
import dev.kmq.index.arithmetic.ArithmeticDecoder;

/** Decodes, and adds up the information content of the decisions by kind. */
final class MeasuringDecoder extends ArithmeticDecoder {
  private static final double LN_2 = StrictMath.log(2);

  private final double[] bits;
  private int kind;

  /**
   * A decoder that adds to {@code bits}.
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

  /**
   * The cost of a decision follows from the part of the interval that it leaves, rounding included.
   */
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
