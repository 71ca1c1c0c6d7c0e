package dev.kmq.imageio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import javax.imageio.stream.ImageOutputStream;

/** An image output stream as the codec writes it: forward, without seeking and never closed. */
final class StreamOutput extends OutputStream {
  private final ImageOutputStream stream;
  private final BooleanSupplier aborted;

  /** Writing ends with {@link AbortedException} as soon as {@code aborted} says so. */
  StreamOutput(ImageOutputStream stream, BooleanSupplier aborted) {
    this.stream = stream;
    this.aborted = aborted;
  }

  @Override
  public void write(int b) throws IOException {
    stream.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (aborted.getAsBoolean()) {
      throw new AbortedException();
    }
    stream.write(bytes, offset, length);
  }
}
