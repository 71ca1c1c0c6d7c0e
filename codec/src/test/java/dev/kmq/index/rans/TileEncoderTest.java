package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class TileEncoderTest {
  @Test
  void quotientsAreExactForEveryFrequency() {
    Random random = new Random(1);
    for (int frequency = 1; frequency <= RansTables.SUM; frequency++) {
      long reciprocal = TileEncoder.reciprocal(frequency);
      long room = (long) frequency << 20;
      for (int i = 0; i < 60; i++) {
        long multiple = (long) random.nextInt(1 << 20) * frequency;
        long[] states = {
          multiple, multiple + frequency - 1, room - 1 - i, random.nextInt() & room - 1
        };
        for (long state : states) {
          assertEquals(state / frequency, TileEncoder.quotient(state, reciprocal));
        }
      }
    }
  }
}
