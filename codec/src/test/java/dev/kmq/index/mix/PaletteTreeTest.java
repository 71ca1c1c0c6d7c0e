package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.Palette;
import dev.kmq.index.Planes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PaletteTreeTest {
  /** Red, green, blue, alpha: a widest channel earlier in this order is taken. */
  private static final int[] SHIFTS = {16, 8, 0, 24};

  private static int channel(int argb, int c) {
    return argb >>> SHIFTS[c] & 0xFF;
  }

  private static int spread(List<Integer> entries, Palette palette, int c) {
    int min = entries.stream().mapToInt(i -> channel(palette.argb(i), c)).min().orElseThrow();
    int max = entries.stream().mapToInt(i -> channel(palette.argb(i), c)).max().orElseThrow();
    return max - min;
  }

  /** Leaves from left to right, by lists and a stable sort. */
  private static List<Integer> leaves(List<Integer> entries, Palette palette) {
    if (entries.size() == 1) {
      return entries;
    }
    int widest = 0;
    for (int c = 1; c < 4; c++) {
      if (spread(entries, palette, c) > spread(entries, palette, widest)) {
        widest = c;
      }
    }
    int along = widest;
    List<Integer> sorted = new ArrayList<>(entries);
    sorted.sort(
        Comparator.comparingInt((Integer i) -> channel(palette.argb(i), along))
            .thenComparingInt(i -> i));
    int half = sorted.size() / 2;
    List<Integer> leaves = new ArrayList<>(leaves(sorted.subList(0, half), palette));
    leaves.addAll(leaves(sorted.subList(half, sorted.size()), palette));
    return leaves;
  }

  @Test
  void leavesAreThoseOfRepeatedHalving() {
    for (int colors = 2; colors <= 300; colors++) {
      Palette palette = Planes.palette(colors, new Random(colors));
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < colors; i++) {
        all.add(i);
      }
      PaletteTree tree = new PaletteTree(palette);
      List<Integer> leaves = leaves(all, palette);
      for (int p = 0; p < colors; p++) {
        assertEquals(leaves.get(p), tree.index[p], "leaf " + p + " of " + colors);
        assertEquals(p, tree.position[tree.index[p]]);
        assertEquals(PackedColors.of(palette.argb(tree.index[p])), tree.colors[p]);
      }
      assertPlanes(tree, palette, 0, colors);
    }
  }

  private static void assertPlanes(PaletteTree tree, Palette palette, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) / 2;
    double[] left = mean(tree, palette, from, middle);
    double[] right = mean(tree, palette, middle, to);
    double length = 0;
    for (int c = 0; c < 4; c++) {
      length += (right[c] - left[c]) * (right[c] - left[c]);
    }
    length = Math.sqrt(length);
    if (length > 4) {
      assertEquals(length / 2, far(tree, middle, right), 2 + length / 16);
      assertEquals(-length / 2, far(tree, middle, left), 2 + length / 16);
      assertEquals(1.5 * 65536 / 16 / length, steepness(tree, middle), 1 + 500 / length);
    }
    assertPlanes(tree, palette, from, middle);
    assertPlanes(tree, palette, middle, to);
  }

  private static double far(PaletteTree tree, int node, double[] color) {
    long lanes = 0;
    for (int c = 0; c < 4; c++) {
      lanes |= Math.round(4 * color[c]) << 16 * c;
    }
    return distance(tree, lanes, node) / 1024.0;
  }

  /** Distance of a colour in quarters from the plane of a node, in 1/1024, channel by channel. */
  static int distance(PaletteTree tree, long color, int node) {
    int sum = -tree.planes[PaletteTree.PLANE * node + PaletteTree.OFFSET];
    for (int c = 0; c < 4; c++) {
      sum += PackedColors.get(color, c) * tree.planes[PaletteTree.PLANE * node + c];
    }
    return sum;
  }

  static int steepness(PaletteTree tree, int node) {
    return tree.planes[PaletteTree.PLANE * node + PaletteTree.STEEPNESS];
  }

  @Property(tries = 200)
  void theLikelyLeafIsOnTheColorsSideOfAllPlanes(
      @ForAll @IntRange(min = 1, max = 300) int colors, @ForAll Random random) {
    PaletteTree tree = new PaletteTree(Palette.ofArgb(random.ints(colors).toArray()));
    for (int i = 0; i < 20; i++) {
      long color = PackedColors.of(random.nextInt()) * random.nextInt(5);
      int leaf = tree.leafOf(color);
      int from = 0;
      int to = colors;
      while (to - from > 1) {
        int node = (from + to) / 2;
        assertEquals(distance(tree, color, node) >= 0, leaf >= node);
        from = leaf >= node ? node : from;
        to = leaf >= node ? to : node;
      }
      assertEquals(from, leaf);
    }
  }

  private static double[] mean(PaletteTree tree, Palette palette, int from, int to) {
    double[] mean = new double[4];
    for (int p = from; p < to; p++) {
      for (int c = 0; c < 4; c++) {
        mean[c] += channel(palette.argb(tree.index[p]), c) / (double) (to - from);
      }
    }
    return mean;
  }

  @Test
  void equalColorsGiveNoPlane() {
    PaletteTree tree = new PaletteTree(Palette.ofRgb(new int[] {5, 5, 5}));
    assertEquals(0, steepness(tree, 1));
    assertEquals(0, distance(tree, PackedColors.of(0x123456) << 2, 1));
    assertTrue(tree.closeness[0] > 0);
  }
}
