package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

final class ContextQuantizerTest {
  private static void assertRises(IntUnaryOperator classes, int from, int to, int first, int last) {
    assertEquals(first, classes.applyAsInt(from));
    assertEquals(last, classes.applyAsInt(to));
    for (int i = from; i < to; i++) {
      int step = classes.applyAsInt(i + 1) - classes.applyAsInt(i);
      assertTrue(step == 0 || step == 1, "step after " + i);
    }
  }

  @Test
  void classesRiseByOne() {
    assertRises(ContextQuantizer::distance, 0, 6120, 0, 15);
    assertRises(ContextQuantizer::weight, 0, Neighborhood.WEIGHT, 0, 18);
    assertRises(ContextQuantizer::relative, 0, 33_000, 0, 31);
    assertRises(ContextQuantizer::plane, -2000, 2000, 0, 63);
    assertRises(ContextQuantizer::step, -100_000, 100_000, 0, 15);
  }
}
