package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.index.PayloadException;
import dev.kmq.index.arithmetic.ArithmeticEncoder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class MeasuringDecoderTest {
  @Property(tries = 100)
  void decisionsTakeTheirInformation(
      @ForAll @IntRange(min = 0, max = 400) int count, @ForAll Random random)
      throws PayloadException {
    int[] ones = random.ints(count, 1, 1 << 16).toArray();
    int[] bits = random.ints(count, 0, 2).toArray();
    ArithmeticEncoder encoder = new ArithmeticEncoder();
    double information = 0;
    for (int i = 0; i < count; i++) {
      encoder.code(bits[i], ones[i]);
      double p = ones[i] / 65536.0;
      information -= Math.log(bits[i] == 1 ? p : 1 - p) / Math.log(2);
    }
    double[] spent = new double[2];
    MeasuringDecoder measuring = new MeasuringDecoder(encoder.finish(), spent);
    for (int i = 0; i < count; i++) {
      measuring.begin(i % 2);
      assertEquals(bits[i], measuring.code(-1, ones[i]), "decision " + i);
    }
    assertEquals(information, spent[0] + spent[1], information * 1e-3 + 1e-9);
  }
}
