package dev.kmq.index.mix;

import dev.kmq.index.arithmetic.BinaryCoder;

/**
 * Writes nothing, but adds up how many bits decisions take. What the next pixel could be is tried
 * time and again by decisions that are the same in part: their probabilities are kept.
 */
final class TrialCoder extends BinaryCoder {
  /** Probabilities are looked up by their upper 12 bits. */
  private static final int SHIFT = PROBABILITY_BITS - 12;

  private static final float[] BITS = new float[1 << 12];

  static {
    for (int i = 0; i < BITS.length; i++) {
      BITS[i] = (float) -(StrictMath.log((i + 0.5) / BITS.length) / StrictMath.log(2));
    }
  }

  private final char[] ones;

  /** Which of the times between two forgettings a probability in {@link #ones} is of. */
  private final int[] times;

  private int time = 1;
  private int decision;
  private float bits;

  TrialCoder(int colors) {
    ones = new char[Decision.NODE + colors];
    times = new int[Decision.NODE + colors];
  }

  @Override
  public int begin(int next) {
    decision = next;
    return times[next] == time ? ones[next] : 0;
  }

  @Override
  public int code(int bit, int one) {
    ones[decision] = (char) one;
    times[decision] = time;
    bits += BITS[(bit != 0 ? one : (1 << PROBABILITY_BITS) - one) >> SHIFT];
    return bit;
  }

  /** Bits of all decisions since this was asked before. */
  float takeBits() {
    float sum = bits;
    bits = 0;
    return sum;
  }

  /** Forgets all probabilities, as they change now; at most twice a pixel. */
  void forget() {
    time++;
  }
}
