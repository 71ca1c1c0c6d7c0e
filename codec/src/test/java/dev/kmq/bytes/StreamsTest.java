package dev.kmq.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class StreamsTest {
  /** The bytes 1 to {@code count}, two at a time. */
  private static InputStream inPairs(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(2, length));
      }
    };
  }

  @Test
  void readsOnUntilAllBytesAreThere() throws IOException {
    byte[] target = new byte[7];
    InputStream in = inPairs(6);
    assertTrue(Streams.readFully(in, target, 1, 5));
    assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 0}, target);
    assertEquals(6, in.read());
  }

  @Test
  void saysThatTheStreamIsShort() throws IOException {
    assertFalse(Streams.readFully(inPairs(4), new byte[5], 0, 5));
    assertTrue(Streams.readFully(inPairs(0), new byte[5], 0, 0));
  }
}
