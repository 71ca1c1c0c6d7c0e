package dev.kmq.index.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.index.PayloadException;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class ArithmeticCoderTest {
  private static int[] probabilities(int count, boolean extreme, Random random) {
    return random
        .ints(count, 0, 1 << 16)
        .map(p -> extreme ? (p & 1) == 0 ? 1 + p % 9 : 65535 - p % 9 : Math.max(1, p))
        .toArray();
  }

  private static byte[] encode(int[] bits, int[] ones) {
    ArithmeticEncoder encoder = new ArithmeticEncoder();
    for (int i = 0; i < bits.length; i++) {
      encoder.code(bits[i], ones[i]);
    }
    return encoder.finish();
  }

  @Property(tries = 300)
  void thePayloadIsTheExactNumber(
      @ForAll @IntRange(min = 0, max = 400) int count,
      @ForAll boolean extreme,
      @ForAll Random random) {
    int[] ones = probabilities(count, extreme, random);
    int[] bits = random.ints(count, 0, 2).toArray();
    BigInteger low = BigInteger.ZERO;
    BigInteger range = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
    BigInteger least = BigInteger.ONE.shiftLeft(24);
    int length = 1;
    for (int i = 0; i < count; i++) {
      BigInteger bound = range.multiply(BigInteger.valueOf(ones[i])).shiftRight(16);
      if (bits[i] == 0) {
        low = low.add(bound);
      }
      range = bits[i] == 0 ? range.subtract(bound) : bound;
      while (range.compareTo(least) < 0) {
        low = low.shiftLeft(8);
        range = range.shiftLeft(8);
        length++;
      }
    }
    BigInteger end = low.add(least).subtract(BigInteger.ONE).shiftRight(24);
    byte[] payload = encode(bits, ones);
    assertEquals(length, payload.length);
    assertEquals(end, new BigInteger(1, payload));
    assertTrue(end.shiftLeft(24).compareTo(low.add(range)) < 0);
  }

  @Property(tries = 300)
  void decisionsComeBack(
      @ForAll @IntRange(min = 0, max = 2000) int count,
      @ForAll boolean extreme,
      @ForAll Random random)
      throws PayloadException {
    int[] ones = probabilities(count, extreme, random);
    int[] bits = new int[count];
    for (int i = 0; i < count; i++) {
      bits[i] = random.nextInt(1 << 16) < ones[i] ? 1 : 0;
    }
    byte[] payload = encode(bits, ones);
    ArithmeticDecoder decoder = new ArithmeticDecoder(payload);
    double information = 0;
    for (int i = 0; i < count; i++) {
      assertEquals(bits[i], decoder.code(-1, ones[i]), "decision " + i);
      double p = ones[i] / 65536.0;
      information -= Math.log(bits[i] == 1 ? p : 1 - p) / Math.log(2);
    }
    decoder.expectEnd();
    assertTrue(8 * payload.length < information * 1.001 + 17, "length");
  }
}
