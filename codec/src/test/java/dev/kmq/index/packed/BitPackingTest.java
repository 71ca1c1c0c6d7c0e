package dev.kmq.index.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hot loops against a reference that sets one bit at a time. */
final class BitPackingTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void bytesPackLikeBitByBit(int bits) {
    Random random = new Random(bits);
    for (int n = 1; n <= 67; n++) {
      int[] indices = random.ints(n, 0, 1 << bits).toArray();
      byte[] block = new byte[BitPacking.roomFor(n)];
      random.nextBytes(block);
      for (int i = 0; i < n; i++) {
        block[i] = (byte) indices[i];
      }
      byte[] packed = garbage(n, bits, random);
      BitPacking.pack(block, n, bits, packed);
      byte[] expected = reference(indices, bits);
      assertArrayEquals(expected, Arrays.copyOf(packed, expected.length), "n = " + n);

      byte[] padded = Arrays.copyOf(expected, packed.length);
      byte[] back = new byte[BitPacking.roomFor(n)];
      BitPacking.unpack(padded, n, bits, back);
      for (int i = 0; i < n; i++) {
        assertEquals(indices[i], back[i] & 0xFF, "index " + i + " of " + n);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 12, 13, 14, 15, 16})
  void shortsPackLikeBitByBit(int bits) {
    Random random = new Random(bits);
    for (int n = 1; n <= 67; n++) {
      int[] indices = random.ints(n, 0, 1 << bits).toArray();
      short[] block = new short[BitPacking.roomFor(n)];
      Arrays.fill(block, (short) -1);
      for (int i = 0; i < n; i++) {
        block[i] = (short) indices[i];
      }
      byte[] packed = garbage(n, bits, random);
      BitPacking.pack(block, n, bits, packed);
      byte[] expected = reference(indices, bits);
      assertArrayEquals(expected, Arrays.copyOf(packed, expected.length), "n = " + n);

      byte[] padded = Arrays.copyOf(expected, packed.length);
      short[] back = new short[BitPacking.roomFor(n)];
      BitPacking.unpack(padded, n, bits, back);
      for (int i = 0; i < n; i++) {
        assertEquals(indices[i], back[i] & 0xFFFF, "index " + i + " of " + n);
      }
    }
  }

  private static byte[] garbage(int n, int bits, Random random) {
    byte[] packed = new byte[BitPacking.roomFor(n) / 8 * bits + BitPacking.SLACK];
    random.nextBytes(packed);
    return packed;
  }

  private static byte[] reference(int[] indices, int bits) {
    byte[] packed = new byte[(indices.length * bits + 7) / 8];
    int at = 0;
    for (int index : indices) {
      for (int bit = bits - 1; bit >= 0; bit--, at++) {
        if ((index >>> bit & 1) != 0) {
          packed[at / 8] |= (byte) (0x80 >>> at % 8);
        }
      }
    }
    return packed;
  }
}
