package dev.kmq.web.inflate;

import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** {@code dev.kmq.index.deflate.RawInflater} without the JDK's inflater. */
public final class RawInflater extends InputStream {
  private final InputStream payload;
  private final long most;
  private @Nullable Inflate inflated;
  private int end;
  private int at;

  public RawInflater(InputStream payload, long most) {
    this.payload = payload;
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    Inflate source = source();
    int n = Math.min(count, source.length() - at);
    if (n > 0) {
      System.arraycopy(source.array(), at, target, offset, n);
      at += n;
      return n;
    }
    switch (source.end()) {
      case SHORT ->
          throw new PayloadException(Fault.SHORT, "the DEFLATE stream ends before its final block");
      case CORRUPT ->
          throw new PayloadException(
              Fault.CORRUPT, "the DEFLATE stream is corrupt: " + source.fault());
      case LIMIT ->
          throw new PayloadException(Fault.LONG, "the payload holds more indices than the tile");
      default -> {
        if (source.next() < end) {
          throw new PayloadException(
              Fault.TRAILING_BYTES, "bytes follow the final block of the DEFLATE stream");
        }
        return -1;
      }
    }
  }

  private Inflate source() throws IOException {
    Inflate source = inflated;
    if (source == null) {
      byte[] bytes = Inflate.all(payload);
      end = bytes.length;
      source = Inflate.of(bytes, 0, end, most);
      inflated = source;
    }
    return source;
  }
}
