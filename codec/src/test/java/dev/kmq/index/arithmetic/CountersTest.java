package dev.kmq.index.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CountersTest {
  @Test
  void everyCounterGoesTowardsTheDecision() {
    for (int counter = 0; counter < 1 << 16; counter++) {
      int probability = counter & 0xFFF;
      for (int decision = 0; decision < 2; decision++) {
        int next = Counters.next(counter, decision);
        assertEquals(Math.min(15, (counter >>> 12) + 1), next >>> 12);
        int after = next & 0xFFF;
        assertTrue(decision == 1 ? after >= probability : after <= probability);
      }
    }
  }

  @Test
  void theFirstStepsAreThoseOfAMean() {
    int counter = Counters.NEW;
    double probability = 0.5;
    for (int n = 0; n < 12; n++) {
      counter = Counters.next(counter, 1);
      probability += (4095 / 4096.0 - probability) / (n + 1.6);
      assertEquals(probability, (counter & 0xFFF) / 4096.0, 0.001, "after " + n);
    }
  }
}
