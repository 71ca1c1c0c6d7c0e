package dev.kmq.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.image.IndexCosts;
import dev.kmq.image.IndexPlane;

/** Checks of the costs of every coder, along a plane whose indices are chosen one by one. */
public final class CostsOfPlanes {
  private CostsOfPlanes() {}

  /** Neighbours are those of the plane, and left of it the pixel above; the first row is free. */
  public static void assertNeighbors(IndexCosts costs, IndexPlane plane) {
    int last = plane.width() - 1;
    for (int y = 0; y < plane.height(); y++) {
      costs.startRow();
      for (int x = 0; x <= last; x++) {
        if (y > 0) {
          assertEquals(x > 0 ? plane.get(x - 1, y) : plane.get(0, y - 1), costs.neighbor(0));
          assertEquals(plane.get(x, y - 1), costs.neighbor(1));
          assertEquals(plane.get(Math.min(x + 1, last), y - 1), costs.neighbor(2));
        }
        if (x > 0 && y > 0) {
          assertEquals(plane.get(x - 1, y - 1), costs.neighbor(3));
        }
        costs.choose(plane.get(x, y));
      }
    }
  }
}
