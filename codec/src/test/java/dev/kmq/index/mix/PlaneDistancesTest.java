package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.image.Palette;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Distances computed two at a time against those computed channel by channel. */
final class PlaneDistancesTest {
  private static int steps(PaletteTree tree, long color, int node) {
    int distance = PaletteTreeTest.distance(tree, color, node);
    return ContextQuantizer.step((distance >> 4) * PaletteTreeTest.steepness(tree, node) >> 16);
  }

  private static void assertMeasures(PaletteTree tree, long[] colors) {
    PlaneDistances planes = new PlaneDistances(tree);
    planes.look(colors[0], colors[1], colors[2], colors[3]);
    for (int node = 1; node < tree.index.length; node++) {
      planes.measure(node);
      assertEquals(PaletteTreeTest.distance(tree, colors[0], node), planes.predicted());
      assertEquals(steps(tree, colors[0], node), planes.stepsOfPredicted());
      int slopes = 0;
      for (int i = 1; i < 4; i++) {
        slopes = slopes << 4 | steps(tree, colors[i], node);
      }
      assertEquals(slopes, planes.stepsOfSlopes());
    }
  }

  @Property(tries = 300)
  void anyColors(@ForAll @IntRange(min = 2, max = 40) int size, @ForAll Random random) {
    int[] argb = random.ints(size).toArray();
    long[] colors = new long[4];
    for (int i = 0; i < colors.length; i++) {
      colors[i] =
          PackedColors.of(random.nextInt()) * (random.nextBoolean() ? 4 : random.nextInt(5));
    }
    assertMeasures(new PaletteTree(Palette.ofArgb(argb)), colors);
  }

  @Test
  void blackAndWhiteOnEitherSide() {
    long black = 0;
    long white = PackedColors.of(-1) << 2;
    for (int[] argb : new int[][] {{0, -1}, {-1, 0}, {0xFF00FF00, 0x00FF00FF}}) {
      PaletteTree tree = new PaletteTree(Palette.ofArgb(argb));
      assertMeasures(tree, new long[] {black, white, black, white});
      assertMeasures(tree, new long[] {white, black, white, black});
      assertMeasures(tree, new long[] {white, white, white, white});
    }
  }
}
