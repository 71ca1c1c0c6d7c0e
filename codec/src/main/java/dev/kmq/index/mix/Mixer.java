package dev.kmq.index.mix;

import dev.kmq.index.PayloadException;
import java.util.Arrays;

/**
 * Predicts one binary decision from several counters and learns from it: odds of the counters are
 * added up with weights from two sets, and the sum is refined by a table of what came of such sums
 * before (specification, section Mix, Decision).
 */
final class Mixer {
  /** Counters that take part in a decision. */
  static final int INPUTS = 10;

  /** Counters that take part in a decision of the few. */
  static final int FEW = 3;

  /** Weight sets. */
  static final int SETS = 2304;

  /** A counter that has seen nothing: probability 1/2, count 0. */
  private static final char NEW_COUNTER = 2048;

  /** Step of a counter by its count, in 1/65536. */
  private static final int[] RATES = {
    40960, 25206, 18204, 14246, 11702, 9929, 8622, 7620, 6826, 6182, 5649, 5201, 4096, 3276, 2730,
    2048
  };

  private static final char[] NEXT_0 = new char[1 << 16];
  private static final char[] NEXT_1 = new char[1 << 16];

  static {
    for (int i = 0; i < 1 << 16; i++) {
      NEXT_0[i] = next(i, 0);
      NEXT_1[i] = next(i, 4095);
    }
  }

  private static final int FIRST_WEIGHT = 16384;
  private static final int LEARNING_RATE = 6;
  private static final int BINS = 49;

  /** Input i's counter for the next decision is counters[slots[i]]. */
  final int[] slots = new int[INPUTS];

  private final BinaryCoder coder;
  private final char[] counters;
  private final int[] weights = new int[SETS * INPUTS];
  private final char[] refined;
  private int coded;

  Mixer(BinaryCoder coder, int counters, int refinements) {
    this.coder = coder;
    this.counters = new char[counters];
    Arrays.fill(this.counters, NEW_COUNTER);
    Arrays.fill(weights, 0, SETS / 2 * INPUTS, FIRST_WEIGHT);
    refined = new char[refinements * BINS];
    for (int i = 0; i < refined.length; i++) {
      refined[i] = (char) Logistic.squash(Math.max(-3071, Math.min(3071, (i % BINS - 24) * 128)));
    }
  }

  /**
   * Codes a decision by the counters at {@link #slots}.
   *
   * @param bit the decision, if the coder is an encoder
   * @param set1 first weight set, below SETS / 2
   * @param set2 second weight set, from SETS / 2 on
   * @param refinement which table refines the sum
   */
  int code(int bit, int set1, int set2, int refinement) throws PayloadException {
    char[] c = counters;
    int[] s = slots;
    int[] w = weights;
    int a = set1 * INPUTS;
    int b = set2 * INPUTS;
    int s0 = s[0];
    int c0 = c[s0];
    int o0 = Logistic.stretch(c0 & 0xFFF);
    int s1 = s[1];
    int c1 = c[s1];
    int o1 = Logistic.stretch(c1 & 0xFFF);
    int s2 = s[2];
    int c2 = c[s2];
    int o2 = Logistic.stretch(c2 & 0xFFF);
    int s3 = s[3];
    int c3 = c[s3];
    int o3 = Logistic.stretch(c3 & 0xFFF);
    int s4 = s[4];
    int c4 = c[s4];
    int o4 = Logistic.stretch(c4 & 0xFFF);
    int s5 = s[5];
    int c5 = c[s5];
    int o5 = Logistic.stretch(c5 & 0xFFF);
    int s6 = s[6];
    int c6 = c[s6];
    int o6 = Logistic.stretch(c6 & 0xFFF);
    int s7 = s[7];
    int c7 = c[s7];
    int o7 = Logistic.stretch(c7 & 0xFFF);
    int s8 = s[8];
    int c8 = c[s8];
    int o8 = Logistic.stretch(c8 & 0xFFF);
    int s9 = s[9];
    int c9 = c[s9];
    int o9 = Logistic.stretch(c9 & 0xFFF);
    long dot = 32768
            + (long) o0 * (w[a] + w[b])
            + (long) o1 * (w[a + 1] + w[b + 1])
            + (long) o2 * (w[a + 2] + w[b + 2])
            + (long) o3 * (w[a + 3] + w[b + 3])
            + (long) o4 * (w[a + 4] + w[b + 4])
            + (long) o5 * (w[a + 5] + w[b + 5])
            + (long) o6 * (w[a + 6] + w[b + 6])
            + (long) o7 * (w[a + 7] + w[b + 7])
            + (long) o8 * (w[a + 8] + w[b + 8])
            + (long) o9 * (w[a + 9] + w[b + 9]);
    int error = decide(bit, dot, refinement);
    int coded = this.coded;
    char[] next = coded == 0 ? NEXT_0 : NEXT_1;
    c[s0] = next[c0];
    c[s1] = next[c1];
    c[s2] = next[c2];
    c[s3] = next[c3];
    c[s4] = next[c4];
    c[s5] = next[c5];
    c[s6] = next[c6];
    c[s7] = next[c7];
    c[s8] = next[c8];
    c[s9] = next[c9];
    int d0 = o0 * error + (1 << 17) >> 18;
    w[a] += d0;
    w[b] += d0;
    int d1 = o1 * error + (1 << 17) >> 18;
    w[a + 1] += d1;
    w[b + 1] += d1;
    int d2 = o2 * error + (1 << 17) >> 18;
    w[a + 2] += d2;
    w[b + 2] += d2;
    int d3 = o3 * error + (1 << 17) >> 18;
    w[a + 3] += d3;
    w[b + 3] += d3;
    int d4 = o4 * error + (1 << 17) >> 18;
    w[a + 4] += d4;
    w[b + 4] += d4;
    int d5 = o5 * error + (1 << 17) >> 18;
    w[a + 5] += d5;
    w[b + 5] += d5;
    int d6 = o6 * error + (1 << 17) >> 18;
    w[a + 6] += d6;
    w[b + 6] += d6;
    int d7 = o7 * error + (1 << 17) >> 18;
    w[a + 7] += d7;
    w[b + 7] += d7;
    int d8 = o8 * error + (1 << 17) >> 18;
    w[a + 8] += d8;
    w[b + 8] += d8;
    int d9 = o9 * error + (1 << 17) >> 18;
    w[a + 9] += d9;
    w[b + 9] += d9;
    return coded;
  }

  /** As {@link #code}, by the first {@link #FEW} counters alone. */
  int codeByFew(int bit, int set1, int set2, int refinement) throws PayloadException {
    int a = set1 * INPUTS;
    int b = set2 * INPUTS;
    long dot = 32768;
    for (int i = 0; i < FEW; i++) {
      dot += (long) Logistic.stretch(counters[slots[i]] & 0xFFF) * (weights[a + i] + weights[b + i]);
    }
    int error = decide(bit, dot, refinement);
    for (int i = 0; i < FEW; i++) {
      int counter = counters[slots[i]];
      int delta = Logistic.stretch(counter & 0xFFF) * error + (1 << 17) >> 18;
      weights[a + i] += delta;
      weights[b + i] += delta;
      counters[slots[i]] = (coded == 0 ? NEXT_0 : NEXT_1)[counter];
    }
    return coded;
  }

  /** Codes the decision by the weighted sum of odds; returns what the weights learn. */
  private int decide(int bit, long dot, int refinement) throws PayloadException {
    int sum = (int) Math.max(-Logistic.MAX_ODDS, Math.min(Logistic.MAX_ODDS, dot >> 16));
    int mixed = Logistic.squash(sum);
    int bin = refinement * BINS + (sum + 3072 >> 7);
    int part = sum + 3072 & 127;
    int after = refined[bin] * (128 - part) + refined[bin + 1] * part >> 7;
    int decided = coder.code(bit, Math.max(4, Math.min(65532, mixed + after >> 1)));
    int nearest = bin + (part >> 6);
    refined[nearest] += (char) (decided * 65535 - refined[nearest] >> 6);
    coded = decided;
    return ((decided << 16) - mixed) * LEARNING_RATE;
  }

  private static char next(int counter, int top) {
    int p = counter & 0xFFF;
    int n = counter >>> 12;
    p += (top - p) * RATES[n] + 32768 >> 16;
    return (char) (Math.min(n + 1, 15) << 12 | p);
  }
}
