package dev.kmq.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BlockWriterTest {
  private static byte[] block(byte[] bytes) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    BitOutput out = new BitOutput(stream);
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = bytes[i] & 0xFF;
    }
    new BlockWriter(out).write(tokens, 0, tokens.length, bytes, 0, bytes.length, true);
    out.align();
    out.flush();
    return stream.toByteArray();
  }

  private static int form(byte[] stream) {
    return stream[0] >> 1 & 3;
  }

  @Test
  void takesTheSmallestForm() throws IOException {
    byte[] noise = Inputs.bytes(1, 70_000, 1);
    byte[] stored = block(noise);
    assertEquals(0, form(stored));
    assertEquals(70_010, stored.length);
    assertArrayEquals(noise, Inputs.inflate(stored, noise.length));
    byte[] few = {1, 2, 3, 4};
    assertEquals(1, form(block(few)));
    assertArrayEquals(few, Inputs.inflate(block(few), 4));
    byte[] two = Inputs.bytes(4, 1000, 1);
    byte[] dynamic = block(two);
    assertEquals(2, form(dynamic));
    assertArrayEquals(two, Inputs.inflate(dynamic, two.length));
  }

  /** Code lengths for any counts are read back correctly, or the literals would differ. */
  @Property(tries = 300)
  void headersSayTheCode(@ForAll @IntRange(min = 1, max = 256) int values, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    byte[] bytes = new byte[2000];
    int step = 1 + random.nextInt(5);
    for (int i = 0; i < bytes.length; i++) {
      int value = (int) Math.abs(random.nextGaussian() * values / 4);
      bytes[i] = (byte) (value % values * step);
    }
    assertArrayEquals(bytes, Inputs.inflate(block(bytes), bytes.length));
  }

  /** 14 bits, 18 lengths of 3, symbols 18 18 1 1 0 in 8 bits, and 7 extra bits for each run. */
  @Test
  void headersUseRuns() {
    byte[] literals = new byte[288];
    literals[255] = 1;
    literals[256] = 1;
    LengthRuns runs = new LengthRuns(literals, new byte[32]);
    assertEquals(14 + 3 * 18 + 8 + 14, runs.bits());
  }
}
