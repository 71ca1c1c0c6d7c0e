package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.IndexPlane;
import dev.kmq.index.Planes;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ContextsTest {
  /** 13 ways of W and N to be equal to each other, NW and NE; 4 more flags; 9 activities. */
  @Test
  void thisIsTheNumberOfPossibleContexts() {
    int possible = 0;
    for (int context = 0; context < Contexts.COUNT; context++) {
      possible += Contexts.isPossible(context) ? 1 : 0;
    }
    assertEquals(13 * 16 * 9, possible);
  }

  @Test
  void thePossibleContextsAreListedInOrder() {
    int[] possible = IntStream.range(0, Contexts.COUNT).filter(Contexts::isPossible).toArray();
    assertArrayEquals(possible, Contexts.possible());
    assertArrayEquals(IntStream.range(Contexts.COUNT, Contexts.ALL).toArray(), Contexts.ofMemory());
  }

  @Test
  void whatOccursIsPossible() {
    Random random = new Random(1);
    BitSet seen = new BitSet();
    for (int i = 0; i < 400; i++) {
      int colors = Planes.colors(random.nextInt(16));
      ColorRanks ranks = new ColorRanks(Planes.palette(Math.min(colors, 64), random));
      IndexPlane plane = Planes.plane(40, 12, ranks.colors(), 1 + i % 4, random);
      TileSymbols symbols = new TileSymbols(ranks, plane);
      for (int y = 0; y < 12; y++) {
        symbols.row(y);
        for (int context : symbols.contexts()) {
          assertTrue(Contexts.isPossible(context), "context " + context);
          seen.set(context);
        }
      }
    }
    assertTrue(seen.cardinality() > 400, seen.cardinality() + " contexts");
  }

  @Test
  void rowsComeOutAlikeInAnyOrder() {
    Random random = new Random(2);
    ColorRanks ranks = new ColorRanks(Planes.palette(30, random));
    IndexPlane plane = Planes.plane(37, 11, 30, 2, random);
    TileSymbols walking = new TileSymbols(ranks, plane);
    int[] rows = {0, 1, 2, 3, 2, 1, 0, 10, 9, 8, 9, 4, 4, 5};
    for (int y : rows) {
      walking.row(y);
      TileSymbols fresh = new TileSymbols(ranks, plane);
      fresh.row(y);
      for (int x = 0; x < 37; x++) {
        assertEquals(fresh.contexts()[x], walking.contexts()[x]);
        assertEquals(fresh.symbols()[x], walking.symbols()[x]);
      }
    }
  }
}
