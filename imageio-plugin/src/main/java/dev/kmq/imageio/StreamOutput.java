package dev.kmq.imageio;

import dev.kmq.concurrent.Work;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * Adapts an image output stream for the codec: written forward, without seeking, and never closed.
 */
final class StreamOutput extends OutputStream {
  private final ImageOutputStream stream;
  private final Work work;

  /** Writing ends as soon as {@code work} is cancelled. */
  StreamOutput(ImageOutputStream stream, Work work) {
    this.stream = stream;
    this.work = work;
  }

  @Override
  public void write(int b) throws IOException {
    stream.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    work.check();
    stream.write(bytes, offset, length);
  }
}
