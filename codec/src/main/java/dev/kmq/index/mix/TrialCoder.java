package dev.kmq.index.mix;

import dev.kmq.index.arithmetic.BinaryCoder;

/**
 * Writes nothing, but adds up the cost of decisions in bits. Candidates for a pixel share some of
 * their decisions, so the probabilities are cached.
 */
final class TrialCoder extends BinaryCoder {
  /** Probabilities are looked up by their upper 12 bits. */
  private static final int SHIFT = PROBABILITY_BITS - 12;

  private static final float[] COSTS = new float[1 << 12];

  static {
    for (int i = 0; i < COSTS.length; i++) {
      COSTS[i] = (float) -(StrictMath.log((i + 0.5) / COSTS.length) / StrictMath.log(2));
    }
  }

  private final char[] ones;

  /** Generation in which each probability in {@link #ones} was stored. */
  private final int[] generations;

  private int generation = 1;
  private int decision;
  private float cost;

  TrialCoder(int colors) {
    ones = new char[DecisionKind.NODE + colors];
    generations = new int[DecisionKind.NODE + colors];
  }

  @Override
  public int begin(int next) {
    decision = next;
    return generations[next] == generation ? ones[next] : 0;
  }

  @Override
  public int code(int bit, int one) {
    ones[decision] = (char) one;
    generations[decision] = generation;
    cost += COSTS[(bit != 0 ? one : (1 << PROBABILITY_BITS) - one) >> SHIFT];
    return bit;
  }

  /** Cost of all decisions since the last call, in bits. */
  float takeCost() {
    float sum = cost;
    cost = 0;
    return sum;
  }

  /** Invalidates the cache, because probabilities change now; at most twice per pixel. */
  void forget() {
    generation++;
  }
}
