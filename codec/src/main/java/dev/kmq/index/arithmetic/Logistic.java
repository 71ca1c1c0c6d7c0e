package dev.kmq.index.arithmetic;

/**
 * Probabilities and their logarithmic odds, in integers. Odds are natural logarithms in 1/256,
 * probabilities of 1 in 1/65536 (specification, section Mix, Logistic functions).
 */
public final class Logistic {
  /** Odds lie between this and its negative. */
  public static final int MAX_ODDS = 3071;

  /** Odds of a counter lie between this and its negative. */
  public static final int MAX_STRETCH = 2047;

  /** round(65536 / (1 + e^(-i/4))), at most 65535. */
  private static final int[] KNOTS = {
    32768, 36843, 40793, 44511, 47911, 50941, 53581, 55834,
    57724, 59287, 60565, 61598, 62428, 63090, 63615, 64030,
    64357, 64614, 64816, 64974, 65097, 65194, 65269, 65328,
    65374, 65410, 65438, 65459, 65476, 65489, 65500, 65508,
    65514, 65519, 65523, 65526, 65528, 65530, 65531, 65532,
    65533, 65534, 65534, 65535, 65535, 65535, 65535, 65535,
    65535
  };

  private static final short[] STRETCH = new short[4096];
  private static final char[] SQUASH = new char[2 * MAX_ODDS + 1];

  static {
    char[] squash = SQUASH;
    for (int odds = 0; odds <= MAX_ODDS; odds++) {
      int knot = odds >> 6;
      int part = odds & 63;
      int one = (KNOTS[knot] * (64 - part) + KNOTS[knot + 1] * part + 32) >> 6;
      squash[MAX_ODDS + odds] = (char) one;
      squash[MAX_ODDS - odds] = (char) (65536 - one);
    }
    short[] stretch = STRETCH;
    int odds = -MAX_STRETCH;
    for (int p = 0; p < 4096; p++) {
      while (odds < MAX_STRETCH && squash[MAX_ODDS + odds] < 16 * p + 8) {
        odds++;
      }
      stretch[p] = (short) odds;
    }
  }

  private Logistic() {}

  /** The odds of a 12-bit probability: the least whose probability is not below its middle. */
  public static int stretch(int probability12) {
    return STRETCH[probability12];
  }

  /** The probability, 1 to 65535, of odds from -3071 to 3071. */
  public static int squash(int odds) {
    return SQUASH[odds + MAX_ODDS];
  }
}
