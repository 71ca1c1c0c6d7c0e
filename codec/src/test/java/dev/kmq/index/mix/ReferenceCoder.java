package dev.kmq.index.mix;

import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import java.util.Arrays;

/** The arithmetic decoder of rules M-28 and M-29, and the mixing of rules M-12 to M-20. */
final class ReferenceCoder {
  private static final int[] KNOTS = {
    32768, 36843, 40793, 44511, 47911, 50941, 53581, 55834, 57724, 59287, 60565, 61598, 62428,
    63090, 63615, 64030, 64357, 64614, 64816, 64974, 65097, 65194, 65269, 65328, 65374, 65410,
    65438, 65459, 65476, 65489, 65500, 65508, 65514, 65519, 65523, 65526, 65528, 65530, 65531,
    65532, 65533, 65534, 65534, 65535, 65535, 65535, 65535, 65535, 65535
  };
  private static final int[] STEPS = {
    40960, 25206, 18204, 14246, 11702, 9929, 8622, 7620, 6826, 6182, 5649, 5201, 4096, 3276, 2730,
    2048
  };
  private static final int[] STRETCH = new int[4096];

  static {
    for (int i = 0; i < 4096; i++) {
      int odds = -2047;
      while (odds < 2047 && squash(odds) < 16 * i + 8) {
        odds++;
      }
      STRETCH[i] = odds;
    }
  }

  /** A probability of 12 bits and how many decisions it has seen. */
  static final class Counter {
    private int probability = 2048;
    private int count;
  }

  /** Weights of the inputs and how often they have changed. */
  static final class WeightSet {
    private final int[] weights = new int[17];
    private int updates;

    WeightSet() {
      Arrays.fill(weights, 9000);
    }

    private int odds(int[] inputs) {
      long sum = 32768;
      for (int i = 0; i < inputs.length; i++) {
        sum += (long) inputs[i] * weights[i];
      }
      return limit((int) (sum >> 16));
    }

    private void learn(int[] inputs, int odds, int decision) {
      int miss = 65536 * decision - squash(odds);
      if (miss > -64 && miss < 64) {
        return;
      }
      int error = Math.max(5, (960 - updates) >> 5) * miss >> 1;
      for (int i = 0; i < inputs.length; i++) {
        weights[i] += (inputs[i] * error + 65536) >> 17;
      }
      updates++;
    }
  }

  private final byte[] payload;
  private int read;
  private long range = 0xFFFFFFFFL;
  private long code;

  ReferenceCoder(byte[] payload) throws PayloadException {
    this.payload = payload;
    for (int i = 0; i < 4; i++) {
      code = 256 * code + next();
    }
    if (code == 0xFFFFFFFFL) {
      throw new PayloadException(Fault.CORRUPT, "R24");
    }
  }

  private int next() throws PayloadException {
    int at = read++;
    if (at >= payload.length + 3) {
      throw new PayloadException(Fault.SHORT, "R25");
    }
    return at < payload.length ? payload[at] & 0xFF : 0;
  }

  private int decision(int probability) throws PayloadException {
    long bound = range * probability >> 16;
    int decision;
    if (code < bound) {
      decision = 1;
      range = bound;
    } else {
      decision = 0;
      code -= bound;
      range -= bound;
    }
    while (range < 1 << 24) {
      code = 256 * code + next();
      range *= 256;
    }
    return decision;
  }

  void end() throws PayloadException {
    if (read < payload.length + 3) {
      throw new PayloadException(Fault.TRAILING_BYTES, "R27");
    }
    if (code >= 1 << 24) {
      throw new PayloadException(Fault.CORRUPT, "R24");
    }
  }

  static int limit(int odds) {
    return Math.max(-3071, Math.min(3071, odds));
  }

  static int squash(int odds) {
    if (odds < 0) {
      return 65536 - squash(-odds);
    }
    int i = odds >> 6;
    int part = odds & 63;
    return (KNOTS[i] * (64 - part) + KNOTS[i + 1] * part + 32) >> 6;
  }

  static int[] newRefinement() {
    int[] refinement = new int[25];
    for (int i = 0; i < 25; i++) {
      refinement[i] = squash(limit(256 * i - 3072));
    }
    return refinement;
  }

  int decide(Counter[] inputs, WeightSet first, WeightSet second, int[] refinement)
      throws PayloadException {
    int[] odds = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      odds[i] = STRETCH[inputs[i].probability];
    }
    int firstOdds = first.odds(odds);
    int secondOdds = second.odds(odds);
    int mixed = (firstOdds + secondOdds) >> 1;
    int j = (mixed + 3072) >> 8;
    int part = (mixed + 3072) & 255;
    int refined = (refinement[j] * (256 - part) + refinement[j + 1] * part) >> 8;
    int decision = decision(Math.max(16, Math.min(65520, (squash(mixed) + refined) >> 1)));

    int nearer = part >= 128 ? j + 1 : j;
    refinement[nearer] += (65535 * decision - refinement[nearer]) >> 6;
    first.learn(odds, firstOdds, decision);
    second.learn(odds, secondOdds, decision);
    for (Counter input : inputs) {
      int miss = 4095 * decision - input.probability;
      input.probability += (miss * STEPS[input.count] + 32768) >> 16;
      input.count = Math.min(15, input.count + 1);
    }
    return decision;
  }
}
