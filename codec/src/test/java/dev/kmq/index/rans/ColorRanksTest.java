package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.Palette;
import dev.kmq.index.Planes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ColorRanksTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 17, 256, 257, 512})
  void ranksOrderColoursByDistanceThenIndex(int colors) {
    Random random = new Random(colors);
    assertRanks(colors, Planes.palette(colors, random));
    assertRanks(colors, Palette.ofArgb(random.ints(colors, -1, 1).toArray()));
    assertRanks(colors, Palette.ofRgb(random.ints(colors, 0, 9).map(i -> i * 0x1C1C1C).toArray()));
  }

  private static void assertRanks(int colors, Palette palette) {
    ColorRanks ranks = new ColorRanks(palette);
    assertEquals(colors, ColorRanks.ranks(colors));
    for (int from = 0; from < colors; from += 1 + colors / 40) {
      int origin = from;
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < colors; i++) {
        order.add(i);
      }
      order.sort(
          Comparator.comparingInt((Integer i) -> i == origin ? -1 : distance(palette, origin, i))
              .thenComparing(Comparator.naturalOrder()));
      for (int rank = 0; rank < colors; rank++) {
        assertEquals(order.get(rank), ranks.position(from, rank));
        assertEquals(rank, ranks.rank(from, order.get(rank)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {513, 1000, 1024, 65536})
  void ranksOrderGroupsByDistanceOfMeansThenNumber(int colors) {
    Random random = new Random(colors);
    int[] argb = random.ints(colors, 0, 7).map(level -> level * 40 << 16).toArray();
    Palette palette = colors % 2 == 0 ? Planes.palette(colors, random) : Palette.ofRgb(argb);
    ColorRanks ranks = new ColorRanks(palette);
    int[] means = new int[ranks.groups()];
    for (int group = 0; group < means.length; group++) {
      means[group] = mean(ranks, palette, group);
    }
    Palette groups = Palette.ofArgb(means);
    for (int from = 0; from < means.length; from += 20) {
      for (int rank = 2; rank < means.length; rank++) {
        int nearer = ranks.order()[from * means.length + rank - 1];
        int farther = ranks.order()[from * means.length + rank];
        int more = distance(groups, from, farther) - distance(groups, from, nearer);
        assertTrue(more > 0 || more == 0 && farther > nearer, nearer + ", " + farther);
        assertEquals(rank, ranks.table()[from * means.length + farther]);
      }
      assertEquals(from, ranks.order()[from * means.length]);
    }
  }

  private static int mean(ColorRanks ranks, Palette palette, int group) {
    int from = group << ranks.shift();
    int to = Math.min(palette.size(), from + (1 << ranks.shift()));
    int mean = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int sum = 0;
      for (int p = from; p < to; p++) {
        sum += palette.argb(ranks.indexOf()[p]) >>> shift & 0xFF;
      }
      mean |= sum / (to - from) << shift;
    }
    return mean;
  }

  private static int distance(Palette palette, int a, int b) {
    int sum = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int d = (palette.argb(a) >>> shift & 0xFF) - (palette.argb(b) >>> shift & 0xFF);
      sum += d * d;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 256, 512, 513, 700, 1024, 1025, 4096, 65535, 65536})
  void positionsArePermutedIndices(int colors) {
    ColorRanks ranks = new ColorRanks(Planes.palette(colors, new Random(colors)));
    BitSet seen = new BitSet();
    for (int p = 0; p < colors; p++) {
      seen.set(ranks.indexOf()[p]);
      assertEquals(p, ranks.positionOf()[ranks.indexOf()[p]]);
    }
    assertEquals(colors, seen.cardinality());
    assertTrue(ranks.groups() <= ColorRanks.MOST_GROUPS);
    assertTrue(colors <= ColorRanks.ranks(colors));
    assertTrue(ColorRanks.ranks(colors) - colors < 1 << ranks.shift());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 64, 256, 513, 3000, 65536})
  void ranksOfOthersCountAllButTheNeighbours(int colors) {
    Random random = new Random(colors);
    ColorRanks ranks = new ColorRanks(Planes.palette(colors, random));
    int near = Math.min(colors, 12);
    for (int i = 0; i < 2000; i++) {
      int w = random.nextInt(i % 2 == 0 ? near : colors);
      int n = random.nextInt(near);
      int ne = random.nextInt(near);
      int nw = random.nextInt(near);
      int from = random.nextBoolean() ? w : n;
      int p = random.nextInt(i % 3 == 0 ? near : colors);
      int rank = ranks.rank(from, p);
      assertEquals(p, ranks.position(from, rank));
      if (p == w || p == n || p == ne || p == nw) {
        continue;
      }
      BitSet nearer = new BitSet();
      for (int neighbor : new int[] {w, n, ne, nw}) {
        if (ranks.rank(from, neighbor) < rank) {
          nearer.set(neighbor);
        }
      }
      int expected = rank - nearer.cardinality();
      assertEquals(expected, ranks.rankOfOther(from, p, w, n, ne, nw));
      assertEquals(rank, ranks.skipNeighbors(from, expected, w, n, ne, nw));
    }
  }

  @Test
  void groupsGatherColoursThatAreNear() {
    int[] argb = new int[1024];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = (i * 37 % 1024 / 4) << 16 | (i * 37 % 4) << 6;
    }
    ColorRanks ranks = new ColorRanks(Palette.ofRgb(argb));
    assertEquals(1, ranks.shift());
    for (int p = 0; p < argb.length; p += 2) {
      int apart = argb[ranks.indexOf()[p + 1]] - argb[ranks.indexOf()[p]];
      assertEquals(1 << 16, apart, "the same blue and the next red");
    }
  }
}
