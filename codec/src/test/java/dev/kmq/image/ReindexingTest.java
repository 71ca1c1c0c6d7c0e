package dev.kmq.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReindexingTest {
  private static IndexedImage image(Palette palette, int... indices) {
    IndexPlane plane = IndexPlane.allocate(indices.length, 1, palette.size());
    for (int x = 0; x < indices.length; x++) {
      plane.set(x, 0, indices[x]);
    }
    return new IndexedImage(palette, plane);
  }

  private static int[] indices(IndexSource image) {
    IndexPlane plane = image.rows(0, 1);
    int[] indices = new int[plane.width()];
    for (int x = 0; x < indices.length; x++) {
      indices[x] = plane.get(x, 0);
    }
    return indices;
  }

  private static final Palette FIVE =
      Palette.ofArgb(0xFF000001, 0xFF000002, 0x00000003, 0xFF000002, 0xFF000005);

  @Test
  void unusedEntriesGoAndOthersKeepTheirOrderEqualOnesAmongThem() {
    IndexedImage before = image(FIVE, 4, 2, 3, 1, 4);
    Reindexing change = Reindexing.ofUsed(before);
    IndexedImage after = change.apply(before);
    assertEquals(1, change.dropped());
    assertArrayEquals(
        new int[] {0xFF000002, 0x00000003, 0xFF000002, 0xFF000005}, after.palette().toArgb());
    assertArrayEquals(new int[] {3, 1, 2, 0, 3}, indices(after));
    assertArrayEquals(before.toArgb(), after.toArgb());
    assertArrayEquals(indices(after), indices(change.apply((IndexSource) before)));
  }

  @Test
  void dropsAlphaWithTheLastTranslucentEntry() {
    IndexedImage opaque = image(FIVE, 0, 1, 3, 4);
    assertFalse(Reindexing.ofUsed(opaque).apply(opaque).palette().hasAlpha());
    IndexedImage all = image(FIVE, 0, 1, 2, 3, 4);
    assertTrue(Reindexing.ofUsed(all).isIdentity());
    assertSame(all, Reindexing.ofUsed(all).apply(all));
  }

  @Test
  void moreThan256EntriesBecomeFewer() {
    int[] argb = new int[300];
    for (int i = 0; i < 300; i++) {
      argb[i] = i;
    }
    IndexedImage before = image(Palette.ofRgb(argb), 299, 7, 258);
    IndexedImage after = Reindexing.ofUsed(before).apply(before);
    assertEquals(3, after.palette().size());
    assertArrayEquals(before.toArgb(), after.toArgb());
  }

  @Test
  void swappingLeavesOthersWhereTheyAre() {
    IndexedImage before = image(FIVE, 0, 1, 2, 3, 4);
    Reindexing change = Reindexing.transparentSwapped(FIVE, 0);
    assertFalse(change.isIdentity());
    IndexedImage after = change.apply(before);
    assertArrayEquals(new int[] {2, 1, 0, 3, 4}, indices(after));
    assertArrayEquals(before.toArgb(), after.toArgb());
    assertTrue(Reindexing.transparentSwapped(FIVE, 2).isIdentity());
  }

  @Test
  void movingKeepsTheOrderOfOthers() {
    for (int to = 0; to < 5; to++) {
      IndexedImage before = image(FIVE, 0, 1, 2, 3, 4);
      Reindexing change = Reindexing.transparentMoved(FIVE, to);
      IndexedImage after = change.apply(before);
      assertArrayEquals(before.toArgb(), after.toArgb());
      assertEquals(3, after.palette().argb(to));
      int[] others = IntStream.of(0, 1, 3, 4).map(i -> indices(after)[i]).toArray();
      int[] sorted = others.clone();
      Arrays.sort(sorted);
      assertArrayEquals(sorted, others);
      assertEquals(to == 2, change.isIdentity());
    }
  }

  @Test
  void refusesWhatIsNotClear() {
    Palette opaque = Palette.ofRgb(1, 2);
    Palette twice = Palette.ofArgb(0, 0xFF000000, 0x00FFFFFF);
    assertMessage("no fully transparent entry", opaque, 0);
    assertMessage("entries 0 and 2", twice, 1);
    assertMessage("5 entries, 0 to 4", FIVE, 5);
    assertThrows(
        IllegalArgumentException.class, () -> Reindexing.transparentSwapped(FIVE, 0).apply(opaque));
  }

  private static void assertMessage(String part, Palette palette, int index) {
    for (boolean swap : new boolean[] {true, false}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> {
                if (swap) {
                  Reindexing.transparentSwapped(palette, index);
                } else {
                  Reindexing.transparentMoved(palette, index);
                }
              });
      assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
    }
  }
}
