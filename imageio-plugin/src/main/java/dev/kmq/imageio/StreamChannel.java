package dev.kmq.imageio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.function.BooleanSupplier;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStream;

/**
 * An image input stream as the codec reads it. Asks the stream to seek only where it does not stand
 * already, and does not close it, for it is the caller's.
 */
final class StreamChannel implements SeekableByteChannel {
  private final ImageInputStream stream;
  private final BooleanSupplier aborted;

  /** Reading ends with {@link AbortedException} as soon as {@code aborted} says so. */
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
        throw new IIOException("the input has been flushed beyond what is to be read");
      }
      stream.seek(position);
    }
    return this;
  }

  /** The stream's length; where it is not known, as if it had no end, so that reading tells. */
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
