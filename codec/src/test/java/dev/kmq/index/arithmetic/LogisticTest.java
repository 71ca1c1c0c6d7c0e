package dev.kmq.index.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LogisticTest {
  @Test
  void squashFollowsTheLogisticFunction() {
    for (int odds = -Logistic.MAX_ODDS; odds <= Logistic.MAX_ODDS; odds++) {
      int squashed = Logistic.squash(odds);
      assertTrue(squashed >= 1 && squashed <= 65535, "squash " + odds);
      assertEquals(65536 / (1 + Math.exp(-odds / 256.0)), squashed, 50, "squash " + odds);
      assertEquals(65536, squashed + Logistic.squash(-odds));
      if (odds % 64 == 0) {
        double exact = Math.min(65535, Math.rint(65536 / (1 + Math.exp(-odds / 256.0))));
        assertEquals(Math.max(1, exact), squashed, "knot at " + odds);
      }
    }
  }

  @Test
  void stretchIsTheInverseOfSquash() {
    for (int p = 0; p < 4096; p++) {
      int odds = Logistic.stretch(p);
      int middle = 16 * p + 8;
      assertTrue(Math.abs(odds) <= Logistic.MAX_STRETCH);
      assertTrue(odds == Logistic.MAX_STRETCH || Logistic.squash(odds) >= middle, "stretch " + p);
      assertTrue(odds == -Logistic.MAX_STRETCH || Logistic.squash(odds - 1) < middle);
      double exact = 256 * Math.log(middle / (65536.0 - middle));
      assertEquals(Math.max(-2047, Math.min(2047, exact)), odds, 8, "stretch " + p);
    }
  }
}
