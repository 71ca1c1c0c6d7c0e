package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.Palette;
import org.junit.jupiter.api.Test;

class LostHuesTest {
  private static final int[] GREY_AND_BLUE = {0xFF808080, 0xFF1040E0};

  private static ColorMap onGrey(int grey, int blue) {
    ColorHistogram histogram = new ColorHistogram(GREY_AND_BLUE, new int[] {grey, blue}, false);
    return new ColorMap(Palette.ofRgb(0x808080), histogram, new int[] {0, 0});
  }

  @Test
  void weightsOfLostHuesAreRaised() {
    int[] weights = {2000, 3};
    assertTrue(LostHues.raise(onGrey(2000, 3), weights));
    assertArrayEquals(new int[] {2000, 9}, weights);
    assertFalse(LostHues.raise(onGrey(3000, 3), new int[] {3000, 3})); // too rare
  }

  /** Sums of weights are ints, even after all were raised in each turn. */
  @Test
  void weightsOfLargeImagesAreScaled() {
    int[] weights = LostHues.weights(onGrey(2_000_000_000, 100_000_000).histogram());
    assertEquals(20, (double) weights[0] / weights[1], 1e-4);
    assertTrue(9L * (weights[0] + weights[1]) <= Integer.MAX_VALUE);
    assertArrayEquals(new int[] {2000, 3}, LostHues.weights(onGrey(2000, 3).histogram()));
  }
}
