package dev.kmq.picture;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** Reads of lengths that files state. */
final class BoundedReads {
  private BoundedReads() {}

  /**
   * Reads count bytes without allocating them in advance: the count comes from the file.
   *
   * @throws EOFException if there are fewer
   */
  static byte[] exactly(ImageInputStream in, long count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    for (long left = count; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new EOFException();
      }
      bytes.write(buffer, 0, n);
      left -= n;
    }
    return bytes.toByteArray();
  }
}
