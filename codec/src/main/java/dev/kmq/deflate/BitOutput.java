package dev.kmq.deflate;

import java.io.IOException;
import java.io.OutputStream;

/** Writes numbers of several bits, the lowest bit first (RFC 1951, section 3.1.1). */
final class BitOutput {
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 12];
  private int size;
  private long bits;
  private int waiting;

  BitOutput(OutputStream out) {
    this.out = out;
  }

  /** Writes a number of 0 to 32 bits; its higher bits must be 0. */
  void write(long value, int count) throws IOException {
    bits |= value << waiting;
    waiting += count;
    while (waiting >= 8) {
      put((byte) bits);
      bits >>>= 8;
      waiting -= 8;
    }
  }

  private void put(byte value) throws IOException {
    if (size == buffer.length) {
      flush();
    }
    buffer[size++] = value;
  }

  /** Bits written since the last whole byte, 0 to 7. */
  int odd() {
    return waiting;
  }

  /** Fills the last byte up with 0 bits. */
  void align() throws IOException {
    write(0, -waiting & 7);
  }

  /** Writes bytes as they are; the last byte must be whole. */
  void write(byte[] bytes, int from, int length) throws IOException {
    flush();
    out.write(bytes, from, length);
  }

  /** Writes all whole bytes to the stream. */
  void flush() throws IOException {
    out.write(buffer, 0, size);
    size = 0;
  }
}
