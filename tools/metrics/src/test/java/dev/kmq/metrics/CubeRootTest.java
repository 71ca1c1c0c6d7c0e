package dev.kmq.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CubeRootTest {
  @Test
  void isAccurateOverItsWholeRange() {
    for (float v = 1e-30f; v < 1e30f; v *= 1.003f) {
      double exact = StrictMath.cbrt(v);
      assertEquals(exact, CubeRoot.of(v), exact * 1e-6, "cube root of " + v);
    }
  }
}
