package dev.kmq.web.inflate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that is inflated as a whole at the first read. */
abstract class InflatedStream extends InputStream {
  private final InputStream deflated;
  private @Nullable Inflate inflated;
  private int at;

  InflatedStream(InputStream deflated) {
    this.deflated = deflated;
  }

  /** Inflates data. */
  abstract Inflate inflate(byte[] data) throws IOException;

  /** Throws what is wrong at the end of the inflated bytes. */
  abstract void checkEnd(Inflate source) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public final int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    Inflate source = inflated;
    if (source == null) {
      source = inflate(all());
      inflated = source;
    }
    int n = Math.min(count, source.length() - at);
    if (n == 0) {
      checkEnd(source);
      return -1;
    }
    System.arraycopy(source.array(), at, target, offset, n);
    at += n;
    return n;
  }

  private byte[] all() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[1 << 14];
    for (int n = deflated.read(part); n >= 0; n = deflated.read(part)) {
      bytes.write(part, 0, n);
    }
    return bytes.toByteArray();
  }
}
