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

  /** Weight sets. */
  static final int SETS = 2304;

  /** A counter that has seen nothing: probability 1/2, count 0. */
  private static final char NEW_COUNTER = 2048 << 4;

  /** Step of a counter by its count, in 1/65536. */
  private static final int[] RATES = {
    40960, 25206, 18204, 14246, 11702, 9929, 8622, 7620, 6826, 6182, 5649, 5201, 4096, 3276, 2730,
    2048
  };

  private static final int FIRST_WEIGHT = 16384;
  private static final int LEARNING_RATE = 6;
  private static final int BINS = 49;

  /** Input i's counter for the next decision is counters[slots[i]]. */
  final int[] slots = new int[INPUTS];

  private final BinaryCoder coder;
  private final char[] counters;
  private final int[] weights = new int[SETS * INPUTS];
  private final char[] refined;
  private final int[] odds = new int[INPUTS];

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
    char[] counters = this.counters;
    int[] slots = this.slots;
    int[] weights = this.weights;
    int[] odds = this.odds;
    int w1 = set1 * INPUTS;
    int w2 = set2 * INPUTS;
    long dot = 0;
    for (int i = 0; i < INPUTS; i++) {
      int o = Logistic.stretch(counters[slots[i]] >>> 4);
      odds[i] = o;
      dot += (long) o * (weights[w1 + i] + weights[w2 + i]);
    }
    int sum = (int) Math.max(-Logistic.MAX_ODDS, Math.min(Logistic.MAX_ODDS, dot + 32768 >> 16));
    int mixed = Logistic.squash(sum);
    char[] refined = this.refined;
    int bin = refinement * BINS + (sum + 3072 >> 7);
    int part = sum + 3072 & 127;
    int after = refined[bin] * (128 - part) + refined[bin + 1] * part >> 7;
    int one = Math.max(4, Math.min(65532, mixed + after >> 1));
    int coded = coder.code(bit, one);

    int error = ((coded << 16) - mixed) * LEARNING_RATE;
    for (int i = 0; i < INPUTS; i++) {
      int delta = odds[i] * error + (1 << 17) >> 18;
      weights[w1 + i] += delta;
      weights[w2 + i] += delta;
      int slot = slots[i];
      int c = counters[slot];
      int p = c >>> 4;
      int n = c & 15;
      p += (coded * 4095 - p) * RATES[n] + 32768 >> 16;
      counters[slot] = (char) (p << 4 | n + (14 - n >>> 31 ^ 1));
    }
    int nearest = bin + (part >> 6);
    refined[nearest] += (char) (coded * 65535 - refined[nearest] >> 6);
    return coded;
  }
}
