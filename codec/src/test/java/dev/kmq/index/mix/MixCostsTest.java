package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.CostsOfPlanes;
import dev.kmq.index.Tile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class MixCostsTest {
  /** The cost of another index is queried first for every pixel, which must not change anything. */
  @Property(tries = 120)
  void bitsAddUpToThePayload(@ForAll(supplier = Tile.Any.class) Tile tile) throws IOException {
    Random random = tile.random();
    Palette palette = tile.palette();
    IndexPlane plane = tile.plane();
    MixCosts costs = new MixCosts(plane, palette);
    double bits = 0;
    for (int y = 0; y < tile.height(); y++) {
      costs.startRow();
      for (int x = 0; x < tile.width(); x++) {
        assertTrue(costs.cost(random.nextInt(palette.size())) >= 0);
        int index = plane.get(x, y);
        bits += costs.cost(index);
        costs.choose(index);
      }
    }
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    new MixMethod(false).encode(plane, palette, payload);
    // The last byte ends the number; probabilities are looked up by 12 of their 16 bits.
    assertEquals(8.0 * payload.size(), bits, 16 + bits / 100);
  }

  /** The cost of an index does not depend on earlier queries. */
  @Property(tries = 60)
  void answersDoNotDependOnQuestions(@ForAll(supplier = Tile.Small.class) Tile tile) {
    Random random = tile.random();
    Palette palette = tile.palette();
    IndexPlane plane = tile.plane();
    MixCosts asked = new MixCosts(plane, palette);
    MixCosts fresh = new MixCosts(plane, palette);
    for (int y = 0; y < tile.height(); y++) {
      asked.startRow();
      fresh.startRow();
      for (int x = 0; x < tile.width(); x++) {
        for (int i = 0; i < 5; i++) {
          asked.cost(random.nextInt(palette.size()));
        }
        int index = random.nextInt(palette.size());
        assertEquals(fresh.cost(index), asked.cost(index));
        asked.choose(plane.get(x, y));
        fresh.choose(plane.get(x, y));
      }
    }
  }

  @Property(tries = 60)
  void neighborsAreThoseOfThePlane(@ForAll(supplier = Tile.Small.class) Tile tile) {
    IndexPlane plane = tile.plane();
    CostsOfPlanes.assertNeighbors(new MixCosts(plane, tile.palette()), plane);
  }
}
