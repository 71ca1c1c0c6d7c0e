package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.index.arithmetic.Logistic;
import org.junit.jupiter.api.Test;

final class AdaptiveProbabilityMapsTest {
  @Test
  void newTablesFollowSquash() {
    AdaptiveProbabilityMaps apms = new AdaptiveProbabilityMaps(8);
    for (int odds = -Logistic.MAX_ODDS; odds <= Logistic.MAX_ODDS; odds++) {
      int refined = apms.refine(odds & 7, odds);
      assertTrue(refined >= 1 && refined <= 65535);
      assertEquals(Logistic.squash(odds), refined, 800, "odds " + odds);
    }
  }

  @Test
  void theNearestKnotAloneLearns() {
    AdaptiveProbabilityMaps apms = new AdaptiveProbabilityMaps(2);
    int before = apms.refine(1, 256);
    int neighbor = apms.refine(1, 512);
    int other = apms.refine(0, 256);
    for (int i = 0; i < 3000; i++) {
      apms.refine(1, i % 2 == 0 ? 129 : 383);
      apms.learn(1);
    }
    assertTrue(apms.refine(1, 256) > before);
    assertTrue(apms.refine(1, 256) >= 65535 - 64);
    assertEquals(neighbor, apms.refine(1, 512));
    assertEquals(other, apms.refine(0, 256));
    for (int i = 0; i < 3000; i++) {
      apms.refine(1, 256);
      apms.learn(0);
    }
    assertTrue(apms.refine(1, 256) <= 64);
  }
}
