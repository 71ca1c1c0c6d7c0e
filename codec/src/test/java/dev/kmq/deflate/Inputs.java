package dev.kmq.deflate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Bytes of typical kinds, and their round trip. */
final class Inputs {
  static final int KINDS = 7;

  private Inputs() {}

  /**
   * Kind 0: all equal; 1: noise of bytes; 2: a period; 3: runs; 4: noise of two values; 5: mostly
   * equal; 6: half of it noise, half of it text-like.
   */
  static byte[] bytes(int kind, int length, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[length];
    int period = 1 + random.nextInt(5000);
    int fill = random.nextInt(256);
    for (int i = 0; i < length; i++) {
      bytes[i] =
          (byte)
              switch (kind) {
                case 0 -> fill;
                case 1 -> random.nextInt(256);
                case 2 -> i < period ? random.nextInt(256) : bytes[i - period];
                case 3 -> i > 0 && random.nextInt(40) > 0 ? bytes[i - 1] : random.nextInt(16);
                case 4 -> random.nextInt(2);
                case 5 -> random.nextInt(60) == 0 ? random.nextInt(256) : fill;
                default ->
                    i < length / 2
                        ? random.nextInt(256)
                        : i > 9 && random.nextInt(7) > 0
                            ? bytes[i - 1 - random.nextInt(3)]
                            : random.nextInt(64);
              };
    }
    return bytes;
  }

  static byte[] deflate(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      DeflateWriter writer = new DeflateWriter(out);
      writer.write(bytes);
      writer.finish();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** A stream decoded by zlib; it must end with its bytes. */
  static byte[] inflate(byte[] stream, int length) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stream);
      byte[] bytes = new byte[length + 1];
      int n = inflater.inflate(bytes);
      if (!inflater.finished() || inflater.getRemaining() > 0) {
        throw new AssertionError("does not end after byte " + length);
      }
      return Arrays.copyOf(bytes, n);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    } finally {
      inflater.end();
    }
  }
}
