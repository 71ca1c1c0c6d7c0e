package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.index.arithmetic.Logistic;
import org.junit.jupiter.api.Test;

final class RefinementsTest {
  @Test
  void newTablesFollowSquash() {
    Refinements refinements = new Refinements(8);
    for (int odds = -Logistic.MAX_ODDS; odds <= Logistic.MAX_ODDS; odds++) {
      int refined = refinements.refine(odds & 7, odds);
      assertTrue(refined >= 1 && refined <= 65535);
      assertEquals(Logistic.squash(odds), refined, 800, "odds " + odds);
    }
  }

  @Test
  void theNearestKnotAloneLearns() {
    Refinements refinements = new Refinements(2);
    int before = refinements.refine(1, 256);
    int neighbor = refinements.refine(1, 512);
    int other = refinements.refine(0, 256);
    for (int i = 0; i < 3000; i++) {
      refinements.refine(1, i % 2 == 0 ? 129 : 383);
      refinements.learn(1);
    }
    assertTrue(refinements.refine(1, 256) > before);
    assertTrue(refinements.refine(1, 256) >= 65535 - 64);
    assertEquals(neighbor, refinements.refine(1, 512));
    assertEquals(other, refinements.refine(0, 256));
    for (int i = 0; i < 3000; i++) {
      refinements.refine(1, 256);
      refinements.learn(0);
    }
    assertTrue(refinements.refine(1, 256) <= 64);
  }
}
