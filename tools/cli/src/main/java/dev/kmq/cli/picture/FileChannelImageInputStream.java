package dev.kmq.cli.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file as a stream for ImageIO. It is opened by its path: the JDK's own stream takes a {@code
 * File}, which does not keep names that are no text.
 */
final class FileChannelImageInputStream extends ImageInputStreamImpl {
  private static final int BUFFER_BYTES = 1 << 13;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  /** Position in the file of the first byte in the buffer. */
  private long bufferStart;

  FileChannelImageInputStream(Path path) throws IOException {
    channel = FileChannel.open(path);
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (!fill()) {
      return -1;
    }
    streamPos++;
    return buffer.get() & 0xFF;
  }

  /** Reads all that is asked for, or to the end: the JDK takes fewer bytes for the end. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    int done = 0;
    while (done < length && fill()) {
      int n = Math.min(length - done, buffer.remaining());
      buffer.get(bytes, offset + done, n);
      streamPos += n;
      done += n;
    }
    return done == 0 && length > 0 ? -1 : done;
  }

  /** Makes the byte at the position the next one of the buffer; false at the end of the file. */
  private boolean fill() throws IOException {
    long inBuffer = streamPos - bufferStart;
    if (inBuffer >= 0 && inBuffer < buffer.limit()) {
      buffer.position((int) inBuffer);
      return true;
    }
    buffer.clear();
    bufferStart = streamPos;
    int n = channel.read(buffer, streamPos);
    buffer.flip();
    return n > 0;
  }

  @Override
  public long length() {
    try {
      return channel.size();
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    channel.close();
  }
}
