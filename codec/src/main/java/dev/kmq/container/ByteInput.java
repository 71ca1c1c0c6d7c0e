package dev.kmq.container;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, from a stream that only goes forward or from a channel that seeks. Offsets
 * count from where the file begins, which need not be the beginning of the channel. Reads no byte
 * further than asked.
 */
final class ByteInput implements Closeable {
  private static final int PIECE = 1 << 16;

  private final @Nullable InputStream stream;
  private final @Nullable SeekableByteChannel channel;
  private final long start;
  private final byte[] small = new byte[8];
  private long position;

  ByteInput(InputStream stream) {
    this.stream = stream;
    this.channel = null;
    this.start = 0;
  }

  /** Bytes that were read from {@code position} of a file. */
  ByteInput(byte[] bytes, long position) {
    this.stream = new ByteArrayInputStream(bytes);
    this.channel = null;
    this.start = 0;
    this.position = position;
  }

  ByteInput(SeekableByteChannel channel) throws IOException {
    this.stream = null;
    this.channel = channel;
    this.start = channel.position();
  }

  long position() {
    return position;
  }

  int read(byte[] target, int offset, int length) throws IOException {
    int n;
    if (stream != null) {
      n = stream.read(target, offset, length);
    } else if (channel != null) {
      n = channel.read(ByteBuffer.wrap(target, offset, Math.min(length, PIECE)));
    } else {
      throw new IllegalStateException("closed");
    }
    position += Math.max(n, 0);
    return n;
  }

  void readFully(byte[] target, int offset, int length, String what) throws IOException {
    int done = 0;
    while (done < length) {
      int n = read(target, offset + done, length - done);
      if (n < 0) {
        throw truncated(what);
      }
      done += n;
    }
  }

  int readInt(CRC32C crc, String what) throws IOException {
    readFully(small, 0, 4, what);
    crc.update(small, 0, 4);
    return Format.getInt(small, 0);
  }

  int readInt(String what) throws IOException {
    readFully(small, 0, 4, what);
    return Format.getInt(small, 0);
  }

  /** Reads data of a length that the file claims, taking memory only as the data arrives. */
  byte[] readData(int length, String what) throws IOException {
    byte[] data = new byte[Math.min(length, PIECE)];
    int done = 0;
    while (true) {
      readFully(data, done, data.length - done, what);
      done = data.length;
      if (done == length) {
        return data;
      }
      data = Arrays.copyOf(data, (int) Math.min(length, 2L * done));
    }
  }

  KmqFormatException truncated(String what) {
    return new KmqFormatException(Reason.TRUNCATED, "the file ends within " + what, position);
  }

  boolean seekable() {
    return channel != null;
  }

  /** Moves forward, or backward where the source seeks. */
  void moveTo(long target, String what) throws IOException {
    if (channel != null) {
      if (start + target > channel.size()) {
        position = channel.size() - start;
        throw truncated(what);
      }
      channel.position(start + target);
      position = target;
      return;
    }
    if (target < position) {
      throw new IllegalStateException(
          "a stream does not go back; read tiles in order or open a channel");
    }
    byte[] skipped = new byte[(int) Math.min(PIECE, target - position)];
    while (position < target) {
      readFully(skipped, 0, (int) Math.min(skipped.length, target - position), what);
    }
  }

  boolean atEnd() throws IOException {
    return read(small, 0, 1) < 0;
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    } else if (channel != null) {
      channel.close();
    }
  }
}
