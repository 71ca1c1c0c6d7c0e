package dev.kmq.picture;

import dev.kmq.file.Input;
import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/** A view of an input as a stream for ImageIO; closing it leaves the input open. */
final class InputImageStream extends ImageInputStreamImpl {
  private static final int BUFFER_BYTES = 1 << 13;

  private final Input input;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Position in the input of the first byte in the buffer. */
  private long bufferStart;

  private int buffered;

  InputImageStream(Input input) {
    this.input = input;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    int available = fill();
    return available == 0 ? -1 : buffer[(int) (streamPos++ - bufferStart)] & 0xFF;
  }

  /** Reads all bytes asked for, or up to the end: the JDK treats a short read as the end. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    int done = 0;
    while (done < length) {
      int n = Math.min(length - done, fill());
      if (n == 0) {
        return done == 0 ? -1 : done;
      }
      System.arraycopy(buffer, (int) (streamPos - bufferStart), bytes, offset + done, n);
      streamPos += n;
      done += n;
    }
    return done;
  }

  /** Number of bytes in the buffer from the current position on; 0 at the end of the input. */
  private int fill() throws IOException {
    long from = streamPos - bufferStart;
    if (from >= 0 && from < buffered) {
      return buffered - (int) from;
    }
    bufferStart = streamPos;
    buffered = Math.max(0, input.read(streamPos, buffer, 0, buffer.length));
    return buffered;
  }

  @Override
  public long length() {
    try {
      return input.isPipe() ? -1 : input.size();
    } catch (IOException e) {
      return -1;
    }
  }
}
