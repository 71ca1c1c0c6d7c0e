package dev.kmq.palette;

import dev.kmq.index.PayloadException;
import dev.kmq.index.arithmetic.BinaryCoder;
import dev.kmq.index.arithmetic.Counters;
import dev.kmq.index.arithmetic.Logistic;
import java.util.Arrays;

/**
 * Codes palette entries in order as residuals of a prediction from the previous entry
 * (specification, rules P-10 to P-14). Used by encoder and decoder.
 */
final class EntryCoder {
  private static final int ALPHA = 3;
  private static final int GREEN = 1;

  /** The channels in coding order: red is 0, alpha is 3. */
  private static final int[] ORDER = {ALPHA, GREEN, 0, 2};

  /** Shifts of channels 0 to 3 in an ARGB value. */
  private static final int[] SHIFTS = {16, 8, 0, 24};

  private static final int INPUTS = 7;
  private static final int NODE_BITS = 5;

  /** Number of contexts of each input. */
  private static final int[] CONTEXTS = {1, 4 << 3, 4 << 7, 4 << 4, 4 << 7, 4 << 8, 4 << 6};

  private static final int KINDS = 4;
  private static final int FIRST_WEIGHT = 10000;
  private static final int LEARNING_RATE = 12;
  private static final int LEAST_PROBABILITY = 16;

  private final BinaryCoder coder;
  private final boolean alpha;
  private final char[][] counters = new char[INPUTS][];
  private final int[] weights = new int[KINDS * INPUTS];
  private final int[] contexts = new int[INPUTS];
  private final int[] odds = new int[INPUTS];

  /** Residuals of the current and the previous entry, by channel. */
  private int[] residuals = new int[4];

  private int[] residualsBefore = new int[4];

  /** The previous entry, ARGB. */
  private int before = 0xFF000000;

  /** Codes with {@code coder}; without {@code alpha} all entries are opaque. */
  EntryCoder(BinaryCoder coder, boolean alpha) {
    this.coder = coder;
    this.alpha = alpha;
    for (int input = 0; input < INPUTS; input++) {
      counters[input] = new char[CONTEXTS[input] << NODE_BITS];
      Arrays.fill(counters[input], Counters.NEW);
    }
    Arrays.fill(weights, FIRST_WEIGHT);
  }

  /**
   * Codes the next entry.
   *
   * @param argb the entry, if the coder is an encoder
   * @return the entry
   */
  int code(int argb) throws PayloadException {
    int[] last = residualsBefore;
    residualsBefore = residuals;
    residuals = last;
    int entry = alpha ? 0 : 0xFF000000;
    residuals[ALPHA] = 0;
    int change = 0;
    for (int channel : ORDER) {
      if (channel == ALPHA && !alpha) {
        continue;
      }
      int old = channel(before, channel);
      int expected = channel == ALPHA ? old : Math.max(0, Math.min(255, old + change));
      setContexts(channel, expected, change, entry);
      int residual = residual((byte) (channel(argb, channel) - expected));
      int value = expected + residual & 0xFF;
      residuals[channel] = residual;
      entry |= value << SHIFTS[channel];
      if (channel == GREEN) {
        change = value - old;
      } else if (channel != ALPHA) {
        change = change + value - old >> 1;
      }
    }
    before = entry;
    return entry;
  }

  private static int channel(int argb, int channel) {
    return argb >>> SHIFTS[channel] & 0xFF;
  }

  private void setContexts(int channel, int expected, int change, int entry) {
    int green = channel == GREEN || channel == ALPHA ? 0 : size(residuals[GREEN]);
    int red = channel == 2 ? size(residuals[0]) : 0;
    int neighbor = channel == 0 ? residuals[GREEN] : channel == 2 ? residuals[0] : 0;
    int sign = neighbor < 0 ? 1 : 0;
    int transparency = 0;
    if (channel != ALPHA) {
      transparency = residuals[ALPHA] != 0 ? 1 : 0;
      transparency += entry >>> 24 == 0 ? 2 : 0;
    }
    int grey = (before >>> 8 & 0xFFFF) == (before & 0xFFFF) ? 1 : 0;
    contexts[0] = 0;
    contexts[1] = channel << 3 | transparency << 1 | grey;
    contexts[2] = channel << 7 | expected >> 5 << 4 | size(neighbor) << 1 | sign;
    contexts[3] = channel << 4 | size(change) << 1 | (change < 0 ? 1 : 0);
    contexts[4] = channel << 7 | size(neighbor) << 4 | sign << 3 | size(residualsBefore[channel]);
    contexts[5] = channel << 8 | expected;
    contexts[6] = channel << 6 | green << 3 | red;
  }

  /** Bits of the absolute value, at most 7. */
  private static int size(int value) {
    return Math.min(7, 32 - Integer.numberOfLeadingZeros(Math.abs(value)));
  }

  /** Codes a residual from -128 to 127: a zero flag, the sign, and the magnitude. */
  private int residual(int residual) throws PayloadException {
    if (decide(residual != 0 ? 1 : 0, 0, 0) == 0) {
      return 0;
    }
    int negative = decide(residual < 0 ? 1 : 0, 1, 1);
    int magnitude = Math.abs(residual) - 1;
    int bits = 32 - Integer.numberOfLeadingZeros(magnitude);
    int coded = 0;
    while (coded < 7 && decide(coded < bits ? 1 : 0, 2 + coded, 2) == 1) {
      coded++;
    }
    int value = Math.min(coded, 1);
    for (int bit = coded - 2; bit >= 0; bit--) {
      int node =
          bit == coded - 2
              ? 7 + coded
              : bit == coded - 3 ? 9 + 2 * coded + (value & 1) : 25 + Math.min(2, bit);
      value = value << 1 | decide(magnitude >> bit & 1, node, 3);
    }
    return negative == 1 ? -1 - value : 1 + value;
  }

  private int decide(int decision, int node, int kind) throws PayloadException {
    int set = kind * INPUTS;
    long sum = 1 << 15;
    for (int i = 0; i < INPUTS; i++) {
      odds[i] = Counters.odds(counters[i][contexts[i] << NODE_BITS | node]);
      sum += (long) odds[i] * weights[set + i];
    }
    int mixed = (int) Math.max(-Logistic.MAX_ODDS, Math.min(Logistic.MAX_ODDS, sum >> 16));
    int one = Logistic.squash(mixed);
    int bounded = Math.max(LEAST_PROBABILITY, Math.min(65536 - LEAST_PROBABILITY, one));
    int coded = coder.code(decision, bounded);
    int error = LEARNING_RATE * ((coded << 16) - one);
    for (int i = 0; i < INPUTS; i++) {
      weights[set + i] += odds[i] * error + (1 << 17) >> 18;
      int at = contexts[i] << NODE_BITS | node;
      counters[i][at] = Counters.next(counters[i][at], coded);
    }
    return coded;
  }
}
