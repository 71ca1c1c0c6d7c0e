package dev.kmq.index.deflate;

import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a raw DEFLATE stream piece by piece. Unlike {@code InflaterInputStream} it refuses bytes
 * after the final block and reports which rule is broken.
 */
final class RawInflater extends InputStream {
  private final InputStream payload;
  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[1 << 14];
  private final byte[] one = new byte[1];

  private final long most;

  /**
   * An inflater of a stream that should hold {@code most} bytes. It looks for no faults after the
   * first byte beyond them: zlib may see more, but the specification stops there (rule D-3).
   */
  RawInflater(InputStream payload, long most) {
    this.payload = payload;
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (true) {
        int n = inflater.inflate(target, offset, length);
        if (n > 0) {
          return n;
        }
        if (inflater.finished()) {
          requireEnd();
          return -1;
        }
        if (inflater.needsDictionary()) {
          throw new PayloadException(Fault.CORRUPT, "the DEFLATE stream requires a dictionary");
        }
        int got = payload.read(buffer, 0, buffer.length);
        if (got < 0) {
          throw new PayloadException(Fault.SHORT, "the DEFLATE stream ends before its final block");
        }
        inflater.setInput(buffer, 0, got);
      }
    } catch (DataFormatException e) {
      PayloadException fault =
          inflater.getBytesWritten() > most
              ? new PayloadException(Fault.LONG, "the payload holds more indices than the tile")
              : new PayloadException(
                  Fault.CORRUPT, "the DEFLATE stream is corrupt: " + e.getMessage());
      fault.initCause(e);
      throw fault;
    }
  }

  private void requireEnd() throws IOException {
    if (inflater.getRemaining() > 0 || payload.read() >= 0) {
      throw new PayloadException(
          Fault.TRAILING_BYTES, "bytes follow the final block of the DEFLATE stream");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
