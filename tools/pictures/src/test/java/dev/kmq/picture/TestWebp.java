package dev.kmq.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WebP files for tests, chunk by chunk. */
public final class TestWebp {
  private static final int ANIMATION = 0x12;

  private TestWebp() {}

  /** A chunk with its padding. */
  static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(8 + data.length + data.length % 2);
    chunk.order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).putInt(data.length).put(data);
    return chunk.array();
  }

  /** A file in the extended format. */
  static byte[] extended(int flags, int width, int height, byte[]... chunks) {
    ByteBuffer screen = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putInt(flags);
    screen.putShort((short) (width - 1)).put((byte) 0).putShort((short) (height - 1));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(chunk("VP8X", screen.array()));
    for (byte[] one : chunks) {
      file.writeBytes(one);
    }
    return chunk("RIFF", file.toByteArray());
  }

  /** An animation. */
  public static byte[] animation(int width, int height, byte[]... frames) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(chunk("ANIM", new byte[6]));
    for (byte[] frame : frames) {
      body.writeBytes(frame);
    }
    return extended(ANIMATION, width, height, body.toByteArray());
  }

  /**
   * A frame of one colour; bit 0 of the flags clears it afterwards, bit 1 replaces what is below.
   */
  public static byte[] frame(int x, int y, int width, int height, int flags, int argb) {
    ByteBuffer data = ByteBuffer.allocate(16 + 8 + 20).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (int value : new int[] {x / 2, y / 2, width - 1, height - 1, 100}) {
      data.putShort(at, (short) value);
      at += 3;
    }
    data.put(15, (byte) flags).position(16);
    data.put(chunk("VP8L", lossless(width, height, argb)));
    byte[] bytes = new byte[data.position()];
    data.rewind().get(bytes);
    return chunk("ANMF", bytes);
  }

  /** The lossless bit stream of one colour: each of five codes has one symbol, of 0 bits. */
  static byte[] lossless(int width, int height, int argb) {
    Bits bits = new Bits();
    bits.put(0x2F, 8);
    bits.put(width - 1, 14);
    bits.put(height - 1, 14);
    bits.put(1, 1); // alpha is used
    bits.put(0, 3 + 3); // version; no transform, colour cache or meta codes
    for (int shift : new int[] {8, 16, 0, 24}) {
      bits.put(0b101, 3); // a simple code, of one symbol, of 8 bits
      bits.put(argb >>> shift & 0xFF, 8);
    }
    bits.put(0b0001, 4); // distance 0
    return bits.bytes();
  }

  private static final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long bits;
    private int count;

    void put(int value, int width) {
      bits |= (long) value << count;
      count += width;
      for (; count >= 8; count -= 8, bits >>>= 8) {
        out.write((int) bits);
      }
    }

    byte[] bytes() {
      put(0, 7);
      return out.toByteArray();
    }
  }
}
