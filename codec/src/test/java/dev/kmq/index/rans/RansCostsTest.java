package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.CostsOfPlanes;
import dev.kmq.index.Planes;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class RansCostsTest {
  @Property(tries = 120)
  void bitsAddUpToThePayload(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(max = 15) int colors,
      @ForAll @IntRange(max = 4) int kind,
      @ForAll long seed) {
    Random random = new Random(seed);
    Palette palette = Planes.palette(Planes.colors(colors), random);
    IndexPlane plane = Planes.plane(width, height, palette.size(), kind, random);
    RansCosts costs = new RansCosts(plane, palette);
    double bits = 0;
    for (int y = 0; y < height; y++) {
      costs.startRow();
      for (int x = 0; x < width; x++) {
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
    // Two states of 32 bits stand at the end of a payload, and words of 16 bits are whole.
    assertEquals(8.0 * payload.length - 64, bits, 64 + bits / 100);
    assertTrue(bits >= 0);
  }

  @Property(tries = 60)
  void neighborsAreThoseOfThePlane(
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(max = 15) int colors,
      @ForAll long seed) {
    Random random = new Random(seed);
    Palette palette = Planes.palette(Planes.colors(colors), random);
    IndexPlane plane = Planes.plane(width, height, palette.size(), 1, random);
    CostsOfPlanes.assertNeighbors(new RansCosts(plane, palette), plane);
  }
}
