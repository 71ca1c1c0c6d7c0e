package dev.kmq.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Property(tries = 200)
  void wordsAreThoseOfABuffer(
      @ForAll @Size(20) byte[] bytes, @ForAll @IntRange(max = 12) int at, @ForAll long word) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.clone());
    assertEquals(buffer.getLong(at), Words.bigEndian(bytes, at));
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(buffer.getLong(at), Words.littleEndian(bytes, at));

    Words.setBigEndian(bytes, at, word);
    buffer.order(ByteOrder.BIG_ENDIAN).putLong(at, word);
    assertArrayEquals(buffer.array(), bytes);
  }

  @Test
  void wordsBeyondTheEndAreRefused() {
    byte[] bytes = new byte[8];
    assertThrows(IndexOutOfBoundsException.class, () -> Words.bigEndian(bytes, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> Words.littleEndian(bytes, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> Words.setBigEndian(bytes, 1, 0));
  }
}
