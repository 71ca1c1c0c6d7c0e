package dev.kmq.web.inflate;

import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import java.io.InputStream;

/** {@code dev.kmq.index.deflate.RawInflater} without the JDK's inflater. */
public final class RawInflater extends InflatedStream {
  private final long most;
  private int end;

  public RawInflater(InputStream payload, long most) {
    super(payload);
    this.most = most;
  }

  @Override
  Inflate inflate(byte[] data) {
    end = data.length;
    return Inflate.of(data, 0, end, most);
  }

  @Override
  void checkEnd(Inflate source) throws PayloadException {
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
      }
    }
  }
}
