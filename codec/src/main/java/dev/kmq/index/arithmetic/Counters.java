package dev.kmq.index.arithmetic;

/**
 * Counters of 16 bits: how often a decision was 1 in some context. The lower 12 bits are a
 * probability of 1, the upper 4 how many decisions it has seen, up to 15 (specification, section
 * Mix, Tables).
 */
public final class Counters {
  /** A new counter. */
  public static final char NEW = 2048;

  /** Adaptation rate by count, in 1/65536 of the difference to the decision. */
  private static final int[] STEPS = {
    40960, 25206, 18204, 14246, 11702, 9929, 8622, 7620, 6826, 6182, 5649, 5201, 4096, 3276, 2730,
    2048
  };

  private Counters() {}

  /** The odds of 1 by a counter, in 1/256. */
  public static int odds(int counter) {
    return Logistic.stretch(counter & 0xFFF);
  }

  /** A counter after one more decision. */
  public static char next(int counter, int decision) {
    int probability = counter & 0xFFF;
    int count = counter >>> 12;
    int step = (4095 * decision - probability) * STEPS[count] + 32768 >> 16;
    return (char) (Math.min(count + 1, 15) << 12 | probability + step);
  }
}
