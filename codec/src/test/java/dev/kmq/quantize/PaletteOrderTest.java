package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PaletteOrderTest {
  private static double length(int[] colors) {
    return IntStream.range(1, colors.length)
        .mapToDouble(
            i -> {
              int sum = 0;
              for (int shift = 0; shift < 32; shift += 8) {
                int difference = (colors[i] >>> shift & 0xFF) - (colors[i - 1] >>> shift & 0xFF);
                sum += difference * difference;
              }
              return Math.sqrt(sum);
            })
        .sum();
  }

  @Property(tries = 50)
  void theOrderDependsOnTheColorsAlone(
      @ForAll @IntRange(min = 2, max = 3000) int count, @ForAll Random random) {
    List<Integer> colors = random.ints(count).distinct().boxed().collect(Collectors.toList());
    int[] once = colors.stream().mapToInt(c -> c).toArray();
    Collections.shuffle(colors, random);
    int[] twice = colors.stream().mapToInt(c -> c).toArray();
    PaletteOrder.sort(once, 0);
    PaletteOrder.sort(twice, 0);
    assertArrayEquals(once, twice);
  }

  @Test
  void neighborsInTheListAreNeighborsInColor() {
    int[] colors = new Random(1).ints(256).map(c -> c | 0xFF000000).toArray();
    int[] sorted = colors.clone();
    Arrays.sort(sorted);
    PaletteOrder.sort(colors, 0);
    assertTrue(length(colors) < 0.5 * length(sorted), length(colors) + " " + length(sorted));
  }

  @Test
  void keptColorsStayAndTheChainBeginsAtTheLastOfThem() {
    int[] colors = {0xFFFFFFFF, 0xFF000000, 0xFF909090, 0xFF101010, 0xFF505050};
    PaletteOrder.sort(colors, 2);
    assertArrayEquals(
        new int[] {0xFFFFFFFF, 0xFF000000, 0xFF101010, 0xFF505050, 0xFF909090}, colors);
  }

  @Test
  void allColorsOfLargePalettesStay() {
    int[] colors = IntStream.range(0, 65536).map(i -> i * 0x01003507).toArray();
    int[] expected = colors.clone();
    Arrays.sort(expected);
    PaletteOrder.sort(colors, 0);
    Arrays.sort(colors);
    assertEquals(Arrays.hashCode(expected), Arrays.hashCode(colors));
  }
}
