package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.CostsOfPlanes;
import dev.kmq.index.Tile;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class RansCostsTest {
  @Property(tries = 120)
  void bitsAddUpToThePayload(@ForAll(supplier = Tile.Any.class) Tile tile) {
    Palette palette = tile.palette();
    IndexPlane plane = tile.plane();
    RansCosts costs = new RansCosts(plane, palette);
    double bits = 0;
    for (int y = 0; y < tile.height(); y++) {
      costs.startRow();
      for (int x = 0; x < tile.width(); x++) {
        int index = plane.get(x, y);
        bits += costs.cost(index);
        costs.choose(index);
      }
    }
    RansTableBuilder builder = new RansTableBuilder(palette);
    builder.add(plane);
    byte[] payload =
        new TileEncoder(builder.plainTables())
            .encode(new ColorRanks(palette), plane, Integer.MAX_VALUE);
    // Two states of 32 bits end a payload, and words of 16 bits are whole.
    assertEquals(8.0 * payload.length - 64, bits, 64 + bits / 100);
  }

  @Property(tries = 60)
  void neighborsAreThoseOfThePlane(@ForAll(supplier = Tile.Small.class) Tile tile) {
    IndexPlane plane = tile.plane();
    CostsOfPlanes.assertNeighbors(new RansCosts(plane, tile.palette()), plane);
  }
}
