package dev.kmq.web.jdk;

import java.util.zip.Checksum;

/**
 * {@link java.util.zip.Adler32} in compiled pages. The compiler's is that of JZlib, whose licence
 * would have to be shipped.
 */
public final class Adler32 implements Checksum {
  private static final int BASE = 65521;

  /** The most bytes after which the sums still are below 2 to the power of 31. */
  private static final int MOST_BYTES = 3800;

  private int low = 1;
  private int high;

  @Override
  public void update(int b) {
    low = (low + (b & 0xFF)) % BASE;
    high = (high + low) % BASE;
  }

  @Override
  public void update(byte[] bytes) {
    update(bytes, 0, bytes.length);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int a = low;
    int b = high;
    int end = offset + length;
    for (int i = offset; i < end; ) {
      for (int stop = i + Math.min(end - i, MOST_BYTES); i < stop; i++) {
        a += bytes[i] & 0xFF;
        b += a;
      }
      a %= BASE;
      b %= BASE;
    }
    low = a;
    high = b;
  }

  @Override
  public long getValue() {
    return (long) high << 16 | low;
  }

  @Override
  public void reset() {
    low = 1;
    high = 0;
  }
}
