package dev.kmq.index.mix;

import dev.kmq.index.arithmetic.Logistic;

/**
 * Tables of what came of mixed odds before: each maps odds to probability at 33 knots
 * (specification, rules M-17 and M-18).
 */
final class Refinements {
  private static final int KNOTS = 33;
  private static final int SPACING = 192;
  private static final int ORIGIN = SPACING * (KNOTS - 1) / 2;

  private final char[] probabilities;
  private int nearest;

  Refinements(int tables) {
    probabilities = new char[tables * KNOTS];
    for (int i = 0; i < probabilities.length; i++) {
      int odds = i % KNOTS * SPACING - ORIGIN;
      probabilities[i] =
          (char) Logistic.squash(Math.max(-Logistic.MAX_ODDS, Math.min(Logistic.MAX_ODDS, odds)));
    }
  }

  /** The probability that a table gives for odds, in 1/65536. */
  int refine(int table, int odds) {
    int steps = (odds + ORIGIN) / SPACING;
    int part = odds + ORIGIN - steps * SPACING;
    int knot = table * KNOTS + steps;
    nearest = part < SPACING / 2 ? knot : knot + 1;
    return (probabilities[knot] * (SPACING - part) + probabilities[knot + 1] * part) / SPACING;
  }

  /** Takes in what came of the odds that were refined last. */
  void learn(int decision) {
    int old = probabilities[nearest];
    probabilities[nearest] = (char) (old + (65535 * decision - old >> 6));
  }
}
