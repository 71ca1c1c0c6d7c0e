package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BitCostsTest {
  @Test
  void totalsSideBySideAreThoseOfEachByItself() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      int symbols = 1 + random.nextInt(40);
      double[][] many = new double[1 + random.nextInt(70)][symbols];
      for (double[] each : many) {
        for (int symbol = 0; symbol < symbols; symbol++) {
          each[symbol] = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 20;
        }
      }
      double[] one = many[random.nextInt(many.length)];
      double[] bits = random.doubles(many.length).toArray();
      BitCosts.totals(one, BitCosts.transposed(many), bits);
      for (int i = 0; i < many.length; i++) {
        double expected = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
          expected += one[symbol] * many[i][symbol];
        }
        assertEquals(expected, bits[i], 0, "to the last bit");
      }
    }
  }
}
