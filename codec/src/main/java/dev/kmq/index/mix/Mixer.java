package dev.kmq.index.mix;

import dev.kmq.index.PayloadException;
import dev.kmq.index.arithmetic.BinaryCoder;
import dev.kmq.index.arithmetic.Counters;
import dev.kmq.index.arithmetic.Logistic;
import java.util.Arrays;

/**
 * Predicts one decision from several counters and learns from it: the odds of the counters are
 * added up with the weights of two sets, each set on its own, and the mean of both sums is refined
 * (after M. Mahoney's logistic mixing; specification, rules M-14 to M-19).
 */
final class Mixer {
  /** Most counters that take part in a decision. */
  static final int MAX_INPUTS = 17;

  private static final int FIRST_WEIGHT = 9000;

  /** The rate at which a set learns, in 1/32: what it is at first and what it falls to. */
  private static final int FIRST_RATE = 30 << 5;

  private static final int LAST_RATE = 5 << 5;
  private static final int LEAST_PROBABILITY = 16;

  /** Input i's counter for the next decision is the one at inputs[i]. */
  final int[] inputs = new int[MAX_INPUTS];

  /** Whether decisions change counters, weights and refinements. */
  boolean learning = true;

  private final BinaryCoder coder;
  private final char[] counters;

  /** A set has {@link #stride} numbers: its weights, and last its rate. */
  private final int[] weights;

  private final int stride;
  private final Refinements refinements;
  private final int[] odds = new int[MAX_INPUTS];

  Mixer(BinaryCoder coder, Layout layout) {
    this.coder = coder;
    counters = new char[layout.counters()];
    Arrays.fill(counters, Counters.NEW);
    stride = layout.matches() ? 32 : 16;
    weights = new int[layout.sets() * stride];
    Arrays.fill(weights, FIRST_WEIGHT);
    for (int rate = stride - 1; rate < weights.length; rate += stride) {
      weights[rate] = FIRST_RATE;
    }
    refinements = new Refinements(layout.refinements());
  }

  /**
   * Codes a decision by the counters at {@link #inputs}.
   *
   * @param decision 0 or 1, if the coder is an encoder
   * @param count how many inputs there are
   * @param set1 the first set of weights
   * @param set2 the second, another one
   * @param refinement which table refines the odds
   * @return the decision
   */
  int code(int decision, int count, int set1, int set2, int refinement) throws PayloadException {
    char[] c = counters;
    int[] w = weights;
    int[] o = odds;
    int a = set1 * stride;
    int b = set2 * stride;
    long sumA = 1 << 15;
    long sumB = 1 << 15;
    for (int i = 0; i < count; i++) {
      int v = Counters.odds(c[inputs[i]]);
      o[i] = v;
      sumA += (long) v * w[a + i];
      sumB += (long) v * w[b + i];
    }
    int oddsA = limit(sumA >> 16);
    int oddsB = limit(sumB >> 16);
    int coded = decide(decision, oddsA + oddsB >> 1, refinement);
    if (!learning) {
      return coded;
    }
    refinements.learn(coded);
    int errorA = rate(a + stride - 1) * ((coded << 16) - Logistic.squash(oddsA)) >> 1;
    int errorB = rate(b + stride - 1) * ((coded << 16) - Logistic.squash(oddsB)) >> 1;
    for (int i = 0; i < count; i++) {
      int v = o[i];
      w[a + i] += v * errorA + (1 << 16) >> 17;
      w[b + i] += v * errorB + (1 << 16) >> 17;
      c[inputs[i]] = Counters.next(c[inputs[i]], coded);
    }
    return coded;
  }

  /** The rate of a set, which becomes less by being used. */
  private int rate(int at) {
    int rate = weights[at];
    weights[at] = Math.max(LAST_RATE, rate - 1);
    return rate >> 5;
  }

  private int decide(int decision, int odds, int refinement) throws PayloadException {
    int one = Logistic.squash(odds) + refinements.refine(refinement, odds) >> 1;
    one = Math.max(LEAST_PROBABILITY, Math.min(65536 - LEAST_PROBABILITY, one));
    return coder.code(decision, one);
  }

  private static int limit(long odds) {
    return (int) Math.max(-Logistic.MAX_ODDS, Math.min(Logistic.MAX_ODDS, odds));
  }
}
