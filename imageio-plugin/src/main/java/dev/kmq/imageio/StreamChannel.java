package dev.kmq.imageio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.function.BooleanSupplier;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Adapts an image input stream for the codec. Seeks only if the stream is not at the position
 * already, and does not close the stream, which belongs to the caller.
 */
final class StreamChannel implements SeekableByteChannel {
  private final ImageInputStream stream;
  private final BooleanSupplier aborted;

  /** Reading ends with {@link AbortedException} as soon as {@code aborted} returns true. */
  StreamChannel(ImageInputStream stream, BooleanSupplier aborted) {
    this.stream = stream;
    this.aborted = aborted;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (aborted.getAsBoolean()) {
      throw new AbortedException();
    }
    int at = target.arrayOffset() + target.position();
    int n = stream.read(target.array(), at, target.remaining());
    target.position(target.position() + Math.max(n, 0));
    return n;
  }

  @Override
  public long position() throws IOException {
    return stream.getStreamPosition();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    if (position != stream.getStreamPosition()) {
      if (position < stream.getFlushedPosition()) {
        throw new IIOException("the input has been flushed beyond the position to read from");
      }
      stream.seek(position);
    }
    return this;
  }

  /** The stream's length; if unknown, the maximum, so that the end is found by reading. */
  @Override
  public long size() throws IOException {
    long length = stream.length();
    return length < 0 ? Long.MAX_VALUE : length;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
