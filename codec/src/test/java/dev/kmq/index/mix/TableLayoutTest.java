package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TableLayoutTest {
  private static TableLayout of(long pixels) {
    return TableLayout.of(pixels, 256, false);
  }

  private static long bytes(TableLayout layout) {
    return 2L * layout.counters()
        + 4L * layout.sets() * 16
        + 2L * 25 * layout.apms()
        + (4L << layout.contextBits());
  }

  @Test
  void tablesStayWithinTheirBoundAndGrowWithTheTile() {
    long before = 0;
    for (int n = 0; n < 62; n++) {
      long bytes = bytes(of(1L << n));
      assertTrue(bytes <= 8 << 20, bytes + " bytes");
      assertTrue(bytes >= before);
      before = bytes;
    }
    assertTrue(bytes(of(1)) < 80_000);
    assertTrue(bytes(of(64 * 64)) < 420_000);
    assertEquals(of(1 << 18), of(Long.MAX_VALUE));
    assertEquals(of(1025), of(2048));
  }

  @Test
  void partsFollowEachOther() {
    for (int n = 0; n < 20; n++) {
      TableLayout layout = of(1L << n);
      int lines = 1 << layout.lineBits();
      int last = TableLayout.LINES - 1;
      assertEquals(0, layout.line(0, 0));
      for (int i = 0; i < TableLayout.LINES; i++) {
        assertEquals((i + 1) * lines - 16, layout.line(i, -1));
      }
      assertEquals(layout.line(last, -1) + 16, layout.flag(0, 0));
      int flag = 1 << layout.contextBits();
      assertEquals(layout.flag(TableLayout.FLAG_CONTEXTS - 1, 1) + flag, layout.even(0));
      assertEquals(layout.even(flag - 1) + 1, layout.node(0));
      assertTrue(layout.even(65535) < layout.node(0));
      assertEquals(layout.node(TableLayout.NODE_CONTEXTS - 1) + 2 * flag, layout.numbered(0));
      assertEquals(layout.numbered(TableLayout.EVEN + 127) + 1, layout.counters());
      TableLayout more = TableLayout.of(1L << n, 256, true);
      assertEquals(more.numbered(TableLayout.MATCH_NODE + 63) + 1, more.more(0));
      assertEquals(more.more(12) + 2 * flag, more.counters());
      assertEquals(layout.apms() - 1, layout.apm(3, -1));
    }
  }
}
