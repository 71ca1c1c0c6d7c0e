package dev.kmq.container;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file. A stream is read forward only and never beyond what is requested; a channel
 * or file of known size is read ahead in small pieces; an array is used directly. Offsets count
 * from the start of the kmq file, which need not be the start of the channel. Not thread-safe;
 * {@link #fork()} makes an input for another thread.
 */
final class ByteInput implements Closeable {
  private static final int PIECE = 1 << 16;

  /**
   * Bytes of one read of a channel or file. The JDK copies them from a buffer of its own, which
   * then stays in the fastest cache (ReadBenchmark).
   */
  private static final int READ = 1 << 14;

  private static final int AHEAD = 1 << 13;

  private final @Nullable InputStream stream;
  private final @Nullable SeekableByteChannel channel;
  private final @Nullable SharedFile file;

  /** Position in the channel at which the file begins. */
  private final long start;

  /** Offset of the end, or {@code Long.MAX_VALUE} if unknown. */
  private final long end;

  /** Bytes of the file from {@link #bufferFrom} to {@link #bufferTo}; all of them for an array. */
  private byte[] buffer;

  /** End of the bytes given to {@link #unread}. */
  private long held;

  private long bufferFrom;
  private long bufferTo;
  private long position;
  private final byte[] small = new byte[4];

  ByteInput(InputStream stream) {
    this(stream, null, null, 0, Long.MAX_VALUE, new byte[0]);
  }

  ByteInput(SeekableByteChannel channel) throws IOException {
    this(null, channel, null, channel.position(), end(channel), new byte[AHEAD]);
  }

  ByteInput(SharedFile file) {
    this(null, null, file, 0, file.size(), new byte[AHEAD]);
  }

  /** The bytes of a file from {@code position} on. */
  ByteInput(byte[] bytes, long position) {
    this(null, null, null, 0, position + bytes.length, bytes);
    this.position = position;
    this.bufferFrom = position;
    this.bufferTo = position + bytes.length;
  }

  private ByteInput(
      @Nullable InputStream stream,
      @Nullable SeekableByteChannel channel,
      @Nullable SharedFile file,
      long start,
      long end,
      byte[] buffer) {
    this.stream = stream;
    this.channel = channel;
    this.file = file;
    this.start = start;
    this.end = end;
    this.buffer = buffer;
  }

  /** Whether {@link #fork()} is possible: only for a file or an array. */
  boolean forks() {
    return stream == null && channel == null;
  }

  /** Whether the bytes are an array, which is never closed. */
  boolean isArray() {
    return forks() && file == null;
  }

  /** Another input of the same bytes at its own position, for another thread. */
  ByteInput fork() {
    return file != null ? new ByteInput(file) : new ByteInput(buffer, bufferFrom);
  }

  private static long end(SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    return size == Long.MAX_VALUE ? size : Math.max(0, size - channel.position());
  }

  long position() {
    return position;
  }

  /** Offset of the end, or {@code Long.MAX_VALUE} if unknown. */
  long end() {
    return end;
  }

  int read(byte[] target, int offset, int length) throws IOException {
    int n;
    if (position >= bufferFrom && position < bufferTo) {
      n = (int) Math.min(length, bufferTo - position);
      System.arraycopy(buffer, (int) (position - bufferFrom), target, offset, n);
    } else if (stream != null) {
      n = stream.read(target, offset, length);
    } else if (isArray()) {
      n = -1;
    } else if (length >= AHEAD || end == Long.MAX_VALUE) {
      n = seekAndRead(target, offset, Math.min(length, READ));
    } else {
      return fill() ? read(target, offset, length) : -1;
    }
    position += Math.max(n, 0);
    return n;
  }

  private int seekAndRead(byte[] target, int offset, int length) throws IOException {
    if (file != null) {
      return file.read(start + position, target, offset, length);
    }
    SeekableByteChannel from = Objects.requireNonNull(channel);
    from.position(start + position);
    return from.read(ByteBuffer.wrap(target, offset, length));
  }

  private boolean fill() throws IOException {
    int n;
    do {
      n = seekAndRead(buffer, 0, buffer.length);
    } while (n == 0);
    bufferFrom = position;
    bufferTo = position + Math.max(n, 0);
    return n >= 0;
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

  int readInt(String what) throws IOException {
    readFully(small, 0, 4, what);
    return Format.getInt(small, 0);
  }

  /** Reads an unsigned number of one or two bytes. */
  int readLength(int bytes, String what) throws IOException {
    readFully(small, 0, bytes, what);
    return bytes == 1 ? small[0] & 0xFF : (small[0] & 0xFF) << 8 | small[1] & 0xFF;
  }

  /** Pushes back the bytes read last; they are returned again without seeking. */
  void unread(byte[] bytes) {
    held = position;
    if (!isArray()) {
      buffer = bytes;
      bufferFrom = position - bytes.length;
      bufferTo = position;
    }
    position -= bytes.length;
  }

  /**
   * Reads data of a length claimed by the file. Unless the end of the input is known to be beyond,
   * memory is allocated only as the data arrives.
   */
  byte[] readData(int length, String what) throws IOException {
    boolean there = end != Long.MAX_VALUE && length <= end - position;
    byte[] data = new byte[there ? length : Math.min(length, PIECE)];
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
    return new KmqFormatException(
        RefusalReason.TRUNCATED, "the file ends within " + what, position);
  }

  boolean seekable() {
    return stream == null;
  }

  /** Moves forward, or backward if the source is seekable. */
  void moveTo(long target, String what) throws IOException {
    if (seekable()) {
      position = Math.min(target, end);
      if (target > end) {
        throw truncated(what);
      }
      return;
    }
    if (target < position) {
      throw new IllegalStateException(
          "a stream cannot go back; read tiles in order or open a channel");
    }
    byte[] skipped = new byte[(int) Math.min(PIECE, target - position)];
    while (position < target) {
      readFully(skipped, 0, (int) Math.min(skipped.length, target - position), what);
    }
  }

  /** Sets the channel to the current position, which reading ahead may have passed. */
  void settle() throws IOException {
    if (channel != null) {
      channel.position(start + Math.max(position, held));
    }
  }

  /** Whether no bytes are left; consumes a byte of a stream if there are any. */
  boolean atEnd() throws IOException {
    return read(small, 0, 1) < 0;
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    } else if (channel != null) {
      channel.close();
    } else if (file != null) {
      file.close();
    }
  }
}
