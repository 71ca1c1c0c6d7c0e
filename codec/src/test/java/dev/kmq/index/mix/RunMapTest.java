package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RunMapTest {
  private final RunMap expected = new RunMap(TableLayout.of(1 << 18, 256, false));

  private void assertExpects(int hash, int position, int times) {
    expected.lookUp(hash);
    assertEquals(position, expected.position);
    assertEquals(times, expected.runLength);
  }

  @Test
  void whatFollowsInARowIsCounted() {
    int hash = 0x12345678;
    assertExpects(hash, -1, 0);
    for (int i = 1; i < 100; i++) {
      expected.learn(65_535);
      assertExpects(hash, 65_535, Math.min(i, 30));
    }
    assertExpects(0x52345678, -1, 0);
    expected.learn(0);
    assertExpects(0x52345678, 0, 1);
    assertExpects(hash, 65_535, 30);
    expected.learn(7);
    assertExpects(hash, 7, 1);
  }
}
