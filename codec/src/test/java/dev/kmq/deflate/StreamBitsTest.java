package dev.kmq.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class StreamBitsTest {
  private static byte[] deflate(byte[] data, int level, int strategy) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(data);
    deflater.finish();
    byte[] stream = new byte[2 * data.length + 100];
    int length = 0;
    while (!deflater.finished()) {
      length += deflater.deflate(stream, length, stream.length - length);
    }
    deflater.end();
    return Arrays.copyOf(stream, length);
  }

  private static double[] bits(byte[] stream) {
    double[] bits = new double[StreamBits.PARTS.size()];
    StreamBits.add(stream, bits);
    assertEquals(8.0 * stream.length, Arrays.stream(bits).sum());
    double spare = of("spare bits", bits);
    assertTrue(spare >= 0 && spare < 8, spare + " spare bits");
    return bits;
  }

  private static double of(String part, double[] bits) {
    return bits[StreamBits.PARTS.indexOf(part)];
  }

  private static byte[] runs(int length, int values, Random random) {
    byte[] data = new byte[length];
    for (int i = 1; i < length; i++) {
      data[i] = random.nextInt(4) > 0 ? data[i - 1] : (byte) random.nextInt(values);
    }
    return data;
  }

  @Property(tries = 200)
  void partsAddUpToStreamsOfAllKinds(
      @ForAll @IntRange(min = 1, max = 200_000) int length,
      @ForAll @IntRange(min = 1, max = 256) int values,
      @ForAll @IntRange(min = 0, max = 9) int level,
      @ForAll @IntRange(min = 0, max = 2) int strategy,
      @ForAll Random random) {
    byte[] data = runs(length, values, random);
    double[] bits = bits(deflate(data, level, strategy));
    if (level == 0) {
      assertEquals(8.0 * length, of("stored bytes", bits));
    }
    if (level > 0 && strategy == Deflater.HUFFMAN_ONLY) {
      assertEquals(0, of("match lengths", bits) + of("match distances", bits));
    }
  }

  @Test
  void fixedCodesTakeTheBitsOfTheStandard() throws DataFormatException {
    String literals = "00110001" + "110010000"; // 1, 144
    String longest = "11000101" + "00000"; // 258 at distance 1
    String other = "0001101" + "11" + "00100" + "1"; // 22 at distance 6
    String stream = "1" + "10" + literals + longest + other + "0000000";
    byte[] bytes = new byte[(stream.length() + 7) / 8];
    for (int i = 0; i < stream.length(); i++) {
      bytes[i / 8] |= (byte) (stream.charAt(i) - '0' << i % 8);
    }
    Inflater inflater = new Inflater(true);
    inflater.setInput(bytes);
    assertEquals(2 + 258 + 22, inflater.inflate(new byte[1000]));
    assertTrue(inflater.finished());
    inflater.end();
    assertArrayEquals(new double[] {3, 0, 0, 17, 8 + 9, 5 + 6, 7, 1}, bits(bytes));
  }

  @Test
  void codesOfTheirOwnTakeTheLengthsThatTheyHave() {
    byte[] data = new byte[40_000];
    Random random = new Random(1);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) random.nextInt(4);
    }
    double[] bits = bits(deflate(data, 9, Deflater.HUFFMAN_ONLY));
    assertTrue(of("code lengths", bits) > 0);
    double literals = of("literals", bits);
    assertTrue(literals >= 2 * data.length && literals < 2.3 * data.length, literals + " bits");
  }
}
