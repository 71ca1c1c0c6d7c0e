package dev.kmq.index.mix;

import dev.kmq.index.PayloadException;
import dev.kmq.index.arithmetic.BinaryCoder;
import dev.kmq.index.arithmetic.Counters;
import dev.kmq.index.arithmetic.Logistic;
import java.util.Arrays;

/**
 * Logistic mixing of several counters into one probability (M. Mahoney, "Adaptive Weighing of
 * Context Models for Lossless Data Compression", Florida Tech. CS-2005-16, 2005). Two weight sets
 * each give a weighted sum of the counters' odds; an adaptive probability map refines the mean of
 * both. Counters, weights and map then learn from the decision (specification, rules M-14 to M-19).
 */
final class Mixer {
  /** Maximum number of inputs of a decision. */
  static final int MAX_INPUTS = 17;

  private static final int FIRST_WEIGHT = 9000;

  /** Learning rate of a weight set in 1/32: its initial and its final value. */
  private static final int FIRST_RATE = 30 << 5;

  private static final int LAST_RATE = 5 << 5;
  private static final int LEAST_PROBABILITY = 16;

  /** A weight set does not learn from an error below this, in 1/65536. */
  private static final int LEAST_ERROR = 64;

  /** Index of the counter of input i for the next decision. */
  final int[] inputs = new int[MAX_INPUTS];

  /** Whether counters, weights and maps learn from decisions. */
  boolean learning = true;

  private final BinaryCoder coder;
  private final char[] counters;

  /** A set has {@link #stride} numbers: its weights, then its rate. */
  private final int[] weights;

  private final int stride;
  private final AdaptiveProbabilityMaps apms;
  private final int[] odds = new int[MAX_INPUTS];

  Mixer(BinaryCoder coder, TableLayout layout) {
    this.coder = coder;
    counters = new char[layout.counters()];
    Arrays.fill(counters, Counters.NEW);
    stride = layout.matches() ? 32 : 16;
    weights = new int[layout.sets() * stride];
    Arrays.fill(weights, FIRST_WEIGHT);
    for (int rate = stride - 1; rate < weights.length; rate += stride) {
      weights[rate] = FIRST_RATE;
    }
    apms = new AdaptiveProbabilityMaps(layout.apms());
  }

  /**
   * Codes a decision by the counters at {@link #inputs}.
   *
   * @param decision 0 or 1, if the coder is an encoder
   * @param count number of inputs
   * @param set1 the first weight set
   * @param set2 the second weight set, a different one
   * @param apm number of the adaptive probability map
   * @return the decision
   */
  int code(int decision, int count, int set1, int set2, int apm) throws PayloadException {
    if (count == 8) {
      return code8(decision, set1, set2, apm);
    }
    if (count == 12) {
      return code12(decision, set1, set2, apm);
    }
    char[] c = counters;
    int[] w = weights;
    int[] v = odds;
    int a = set1 * stride;
    int b = set2 * stride;
    long sumA = 1 << 15;
    long sumB = 1 << 15;
    for (int i = 0; i < count; i++) {
      v[i] = Counters.odds(c[inputs[i]]);
      sumA += (long) v[i] * w[a + i];
      sumB += (long) v[i] * w[b + i];
    }
    int oddsA = limit(sumA >> 16);
    int oddsB = limit(sumB >> 16);
    int coded = decide(decision, oddsA + oddsB >> 1, apm);
    if (!learning) {
      return coded;
    }
    apms.learn(coded);
    int errorA = error(a, oddsA, coded);
    int errorB = error(b, oddsB, coded);
    for (int i = 0; i < count; i++) {
      w[a + i] += v[i] * errorA + (1 << 16) >> 17;
      w[b + i] += v[i] * errorB + (1 << 16) >> 17;
      c[inputs[i]] = Counters.next(c[inputs[i]], coded);
    }
    return coded;
  }

  /**
   * {@link #code} unrolled for eight inputs. With the loops, a photograph takes about 6 % longer.
   */
  private int code8(int decision, int set1, int set2, int apm) throws PayloadException {
    char[] c = counters;
    int[] w = weights;
    int a = set1 * stride;
    int b = set2 * stride;
    int i0 = inputs[0];
    int i1 = inputs[1];
    int i2 = inputs[2];
    int i3 = inputs[3];
    int i4 = inputs[4];
    int i5 = inputs[5];
    int i6 = inputs[6];
    int i7 = inputs[7];
    char c0 = c[i0];
    char c1 = c[i1];
    char c2 = c[i2];
    char c3 = c[i3];
    char c4 = c[i4];
    char c5 = c[i5];
    char c6 = c[i6];
    char c7 = c[i7];
    int v0 = Counters.odds(c0);
    int v1 = Counters.odds(c1);
    int v2 = Counters.odds(c2);
    int v3 = Counters.odds(c3);
    int v4 = Counters.odds(c4);
    int v5 = Counters.odds(c5);
    int v6 = Counters.odds(c6);
    int v7 = Counters.odds(c7);
    long sumA =
        (1 << 15)
            + (long) v0 * w[a]
            + (long) v1 * w[a + 1]
            + (long) v2 * w[a + 2]
            + (long) v3 * w[a + 3]
            + (long) v4 * w[a + 4]
            + (long) v5 * w[a + 5]
            + (long) v6 * w[a + 6]
            + (long) v7 * w[a + 7];
    long sumB =
        (1 << 15)
            + (long) v0 * w[b]
            + (long) v1 * w[b + 1]
            + (long) v2 * w[b + 2]
            + (long) v3 * w[b + 3]
            + (long) v4 * w[b + 4]
            + (long) v5 * w[b + 5]
            + (long) v6 * w[b + 6]
            + (long) v7 * w[b + 7];
    int oddsA = limit(sumA >> 16);
    int oddsB = limit(sumB >> 16);
    int coded = decide(decision, oddsA + oddsB >> 1, apm);
    if (!learning) {
      return coded;
    }
    apms.learn(coded);
    int error = error(a, oddsA, coded);
    if (error != 0) {
      w[a] += v0 * error + (1 << 16) >> 17;
      w[a + 1] += v1 * error + (1 << 16) >> 17;
      w[a + 2] += v2 * error + (1 << 16) >> 17;
      w[a + 3] += v3 * error + (1 << 16) >> 17;
      w[a + 4] += v4 * error + (1 << 16) >> 17;
      w[a + 5] += v5 * error + (1 << 16) >> 17;
      w[a + 6] += v6 * error + (1 << 16) >> 17;
      w[a + 7] += v7 * error + (1 << 16) >> 17;
    }
    error = error(b, oddsB, coded);
    if (error != 0) {
      w[b] += v0 * error + (1 << 16) >> 17;
      w[b + 1] += v1 * error + (1 << 16) >> 17;
      w[b + 2] += v2 * error + (1 << 16) >> 17;
      w[b + 3] += v3 * error + (1 << 16) >> 17;
      w[b + 4] += v4 * error + (1 << 16) >> 17;
      w[b + 5] += v5 * error + (1 << 16) >> 17;
      w[b + 6] += v6 * error + (1 << 16) >> 17;
      w[b + 7] += v7 * error + (1 << 16) >> 17;
    }
    c[i0] = Counters.next(c0, coded);
    c[i1] = Counters.next(c1, coded);
    c[i2] = Counters.next(c2, coded);
    c[i3] = Counters.next(c3, coded);
    c[i4] = Counters.next(c4, coded);
    c[i5] = Counters.next(c5, coded);
    c[i6] = Counters.next(c6, coded);
    c[i7] = Counters.next(c7, coded);
    return coded;
  }

  /** {@link #code} unrolled for twelve inputs. */
  private int code12(int decision, int set1, int set2, int apm) throws PayloadException {
    char[] c = counters;
    int[] w = weights;
    int a = set1 * stride;
    int b = set2 * stride;
    int i0 = inputs[0];
    int i1 = inputs[1];
    int i2 = inputs[2];
    int i3 = inputs[3];
    int i4 = inputs[4];
    int i5 = inputs[5];
    int i6 = inputs[6];
    int i7 = inputs[7];
    int i8 = inputs[8];
    int i9 = inputs[9];
    int i10 = inputs[10];
    int i11 = inputs[11];
    char c0 = c[i0];
    char c1 = c[i1];
    char c2 = c[i2];
    char c3 = c[i3];
    char c4 = c[i4];
    char c5 = c[i5];
    char c6 = c[i6];
    char c7 = c[i7];
    char c8 = c[i8];
    char c9 = c[i9];
    char c10 = c[i10];
    char c11 = c[i11];
    int v0 = Counters.odds(c0);
    int v1 = Counters.odds(c1);
    int v2 = Counters.odds(c2);
    int v3 = Counters.odds(c3);
    int v4 = Counters.odds(c4);
    int v5 = Counters.odds(c5);
    int v6 = Counters.odds(c6);
    int v7 = Counters.odds(c7);
    int v8 = Counters.odds(c8);
    int v9 = Counters.odds(c9);
    int v10 = Counters.odds(c10);
    int v11 = Counters.odds(c11);
    long sumA =
        (1 << 15)
            + (long) v0 * w[a]
            + (long) v1 * w[a + 1]
            + (long) v2 * w[a + 2]
            + (long) v3 * w[a + 3]
            + (long) v4 * w[a + 4]
            + (long) v5 * w[a + 5]
            + (long) v6 * w[a + 6]
            + (long) v7 * w[a + 7]
            + (long) v8 * w[a + 8]
            + (long) v9 * w[a + 9]
            + (long) v10 * w[a + 10]
            + (long) v11 * w[a + 11];
    long sumB =
        (1 << 15)
            + (long) v0 * w[b]
            + (long) v1 * w[b + 1]
            + (long) v2 * w[b + 2]
            + (long) v3 * w[b + 3]
            + (long) v4 * w[b + 4]
            + (long) v5 * w[b + 5]
            + (long) v6 * w[b + 6]
            + (long) v7 * w[b + 7]
            + (long) v8 * w[b + 8]
            + (long) v9 * w[b + 9]
            + (long) v10 * w[b + 10]
            + (long) v11 * w[b + 11];
    int oddsA = limit(sumA >> 16);
    int oddsB = limit(sumB >> 16);
    int coded = decide(decision, oddsA + oddsB >> 1, apm);
    if (!learning) {
      return coded;
    }
    apms.learn(coded);
    int error = error(a, oddsA, coded);
    if (error != 0) {
      w[a] += v0 * error + (1 << 16) >> 17;
      w[a + 1] += v1 * error + (1 << 16) >> 17;
      w[a + 2] += v2 * error + (1 << 16) >> 17;
      w[a + 3] += v3 * error + (1 << 16) >> 17;
      w[a + 4] += v4 * error + (1 << 16) >> 17;
      w[a + 5] += v5 * error + (1 << 16) >> 17;
      w[a + 6] += v6 * error + (1 << 16) >> 17;
      w[a + 7] += v7 * error + (1 << 16) >> 17;
      w[a + 8] += v8 * error + (1 << 16) >> 17;
      w[a + 9] += v9 * error + (1 << 16) >> 17;
      w[a + 10] += v10 * error + (1 << 16) >> 17;
      w[a + 11] += v11 * error + (1 << 16) >> 17;
    }
    error = error(b, oddsB, coded);
    if (error != 0) {
      w[b] += v0 * error + (1 << 16) >> 17;
      w[b + 1] += v1 * error + (1 << 16) >> 17;
      w[b + 2] += v2 * error + (1 << 16) >> 17;
      w[b + 3] += v3 * error + (1 << 16) >> 17;
      w[b + 4] += v4 * error + (1 << 16) >> 17;
      w[b + 5] += v5 * error + (1 << 16) >> 17;
      w[b + 6] += v6 * error + (1 << 16) >> 17;
      w[b + 7] += v7 * error + (1 << 16) >> 17;
      w[b + 8] += v8 * error + (1 << 16) >> 17;
      w[b + 9] += v9 * error + (1 << 16) >> 17;
      w[b + 10] += v10 * error + (1 << 16) >> 17;
      w[b + 11] += v11 * error + (1 << 16) >> 17;
    }
    c[i0] = Counters.next(c0, coded);
    c[i1] = Counters.next(c1, coded);
    c[i2] = Counters.next(c2, coded);
    c[i3] = Counters.next(c3, coded);
    c[i4] = Counters.next(c4, coded);
    c[i5] = Counters.next(c5, coded);
    c[i6] = Counters.next(c6, coded);
    c[i7] = Counters.next(c7, coded);
    c[i8] = Counters.next(c8, coded);
    c[i9] = Counters.next(c9, coded);
    c[i10] = Counters.next(c10, coded);
    c[i11] = Counters.next(c11, coded);
    return coded;
  }

  /**
   * The error of a set's own odds, times its rate. Every update lowers the rate. An error below
   * {@link #LEAST_ERROR} gives 0 and does not count as an update.
   */
  private int error(int set, int odds, int coded) {
    int error = (coded << 16) - Logistic.squash(odds);
    if (Math.abs(error) < LEAST_ERROR) {
      return 0;
    }
    int at = set + stride - 1;
    int rate = weights[at];
    weights[at] = Math.max(LAST_RATE, rate - 1);
    return (rate >> 5) * error >> 1;
  }

  private int decide(int decision, int odds, int apm) throws PayloadException {
    int one = Logistic.squash(odds) + apms.refine(apm, odds) >> 1;
    one = Math.max(LEAST_PROBABILITY, Math.min(65536 - LEAST_PROBABILITY, one));
    return coder.code(decision, one);
  }

  private static int limit(long odds) {
    return (int) Math.max(-Logistic.MAX_ODDS, Math.min(Logistic.MAX_ODDS, odds));
  }
}
