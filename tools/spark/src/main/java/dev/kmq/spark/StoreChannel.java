package dev.kmq.spark;

import dev.kmq.file.FailedInput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file in a store, as a channel. A failure of the store is tried again before it is
 * one, so that it is not taken for damage of the image.
 */
final class StoreChannel implements SeekableByteChannel {
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 250;

  private final String uri;
  private final long offset;
  private final long length;
  private final Configuration hadoop;
  private @Nullable FSDataInputStream in;
  private long position;
  private boolean open = true;

  StoreChannel(String uri, long offset, long length, Configuration hadoop) {
    this.uri = uri;
    this.offset = offset;
    this.length = length;
    this.hadoop = hadoop;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    long rest = length - position;
    if (rest <= 0) {
      return -1;
    }
    byte[] bytes = new byte[(int) Math.min(rest, target.remaining())];
    int n = read(bytes);
    if (n < 0) {
      throw new FailedInput("changed while it was read: it is shorter than it was");
    }
    target.put(bytes, 0, n);
    position += n;
    return n;
  }

  private int read(byte[] bytes) throws IOException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        FSDataInputStream stream = in;
        if (stream == null) {
          stream = Store.fileSystem(uri, hadoop).open(Store.path(uri));
          in = stream;
        }
        if (stream.getPos() != offset + position) {
          stream.seek(offset + position);
        }
        return stream.read(bytes, 0, bytes.length);
      } catch (FileNotFoundException | AccessControlException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        closeStream();
        if (attempt == ATTEMPTS) {
          throw new FailedInput("cannot be read: " + e.getMessage(), e);
        }
        pause(pause);
        pause *= 4;
      }
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void closeStream() {
    FSDataInputStream stream = in;
    in = null;
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        // Nothing was written to it.
      }
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long to) {
    position = to;
    return this;
  }

  @Override
  public long size() {
    return length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    closeStream();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
