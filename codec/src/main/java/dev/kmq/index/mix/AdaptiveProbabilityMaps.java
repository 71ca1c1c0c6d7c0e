package dev.kmq.index.mix;

import dev.kmq.index.arithmetic.Logistic;

/**
 * Adaptive probability maps (APM, also known as secondary symbol estimation): corrections learnt
 * for the mixer's output. Each maps odds to a probability by interpolation between 25 knots
 * (specification, rules M-17 and M-18).
 */
final class AdaptiveProbabilityMaps {
  private static final int KNOTS = 25;
  private static final int SPACING_BITS = 8;
  private static final int SPACING = 1 << SPACING_BITS;
  private static final int ORIGIN = SPACING * (KNOTS - 1) / 2;

  private static final char[] NEW = new char[KNOTS];

  static {
    for (int i = 0; i < KNOTS; i++) {
      int odds = i * SPACING - ORIGIN;
      NEW[i] =
          (char) Logistic.squash(Math.max(-Logistic.MAX_ODDS, Math.min(Logistic.MAX_ODDS, odds)));
    }
  }

  private final char[] probabilities;
  private int nearest;

  AdaptiveProbabilityMaps(int tables) {
    probabilities = new char[tables * KNOTS];
    for (int table = 0; table < tables; table++) {
      System.arraycopy(NEW, 0, probabilities, table * KNOTS, KNOTS);
    }
  }

  /** The refined probability of 1 for these odds, in 1/65536. */
  int refine(int table, int odds) {
    int knot = table * KNOTS + (odds + ORIGIN >> SPACING_BITS);
    int part = odds + ORIGIN & SPACING - 1;
    nearest = part < SPACING / 2 ? knot : knot + 1;
    return probabilities[knot] * (SPACING - part) + probabilities[knot + 1] * part >> SPACING_BITS;
  }

  /** Updates the knot that is nearest to the odds refined last. */
  void learn(int decision) {
    int old = probabilities[nearest];
    probabilities[nearest] = (char) (old + (65535 * decision - old >> 6));
  }
}
