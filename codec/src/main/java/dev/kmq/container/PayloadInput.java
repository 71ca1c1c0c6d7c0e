package dev.kmq.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Checksum;

/** The payload of one tile as a stream that ends with it and computes its checksum. */
final class PayloadInput extends InputStream {
  private final ByteInput input;
  private final Checksum crc;
  private final String what;
  private final byte[] one = new byte[1];
  private long left;

  PayloadInput(ByteInput input, long length, Checksum crc, String what) {
    this.input = input;
    this.left = length;
    this.crc = crc;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    int n = input.read(target, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw input.truncated(what);
    }
    crc.update(target, offset, n);
    left -= n;
    return n;
  }

  void drain() throws IOException {
    byte[] rest = new byte[(int) Math.min(left, 1 << 14)];
    while (left > 0) {
      read(rest, 0, rest.length);
    }
  }
}
