package dev.kmq.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads of a stream that go on until they have all bytes. */
public final class Streams {
  private Streams() {}

  /**
   * Reads {@code length} bytes, unless the stream ends before.
   *
   * @return whether it had them all
   */
  public static boolean readFully(InputStream in, byte[] target, int offset, int length)
      throws IOException {
    for (int done = 0; done < length; ) {
      int n = in.read(target, offset + done, length - done);
      if (n < 0) {
        return false;
      }
      done += n;
    }
    return true;
  }

  /** Reads all bytes up to the end of the stream. */
  public static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[1 << 13];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      all.write(piece, 0, n);
    }
    return all.toByteArray();
  }
}
