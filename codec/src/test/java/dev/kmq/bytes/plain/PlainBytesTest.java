package dev.kmq.bytes.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.junit.jupiter.api.Test;

/** What needs arrays alone does what the JDK does. */
final class PlainBytesTest {
  @Test
  void checksumIsTheJdks() {
    Checksum expected = new CRC32C();
    Checksum actual = Crc32c.create();
    Random random = new Random(3);
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length + 5];
      random.nextBytes(bytes);
      int offset = random.nextInt(5);
      expected.update(bytes, offset, length);
      actual.update(bytes, offset, length);
      expected.update(length);
      actual.update(length);
      assertEquals(expected.getValue(), actual.getValue(), "length " + length);
    }
    byte[] highest = new byte[20_000];
    Arrays.fill(highest, (byte) -1);
    expected.update(highest, 0, highest.length);
    actual.update(highest, 0, highest.length);
    assertEquals(expected.getValue(), actual.getValue(), "highest bytes");
    actual.reset();
    assertEquals(0, actual.getValue(), "after a reset");
  }

  @Test
  void wordsAreTheHandles() {
    Random random = new Random(4);
    byte[] bytes = new byte[24];
    for (int i = 0; i < 500; i++) {
      random.nextBytes(bytes);
      int at = random.nextInt(17);
      assertEquals(dev.kmq.bytes.Words.bigEndian(bytes, at), Words.bigEndian(bytes, at));
      assertEquals(dev.kmq.bytes.Words.littleEndian(bytes, at), Words.littleEndian(bytes, at));
      byte[] same = bytes.clone();
      long word = random.nextLong();
      dev.kmq.bytes.Words.setBigEndian(same, at, word);
      Words.setBigEndian(bytes, at, word);
      assertArrayEquals(same, bytes);
    }
  }
}
