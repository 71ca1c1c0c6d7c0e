package dev.kmq.bytes;

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
}
