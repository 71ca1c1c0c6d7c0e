package dev.kmq.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file for the entries of an archive that can only be read sequentially. It is created
 * on first use and deleted when closed.
 */
final class Spool implements Closeable {
  private @Nullable FileChannel channel;
  private long end;

  private FileChannel channel() throws IOException {
    FileChannel known = channel;
    if (known == null) {
      known = SpoolFile.open();
      channel = known;
    }
    return known;
  }

  /**
   * Stores the next bytes of a stream.
   *
   * @throws FailedInput if the stream ends before
   */
  Input.Bytes keep(InputStream in, long length) throws IOException {
    long start = end;
    byte[] buffer = new byte[1 << 16];
    long rest = length;
    while (rest > 0) {
      int n = in.read(buffer, 0, (int) Math.min(rest, buffer.length));
      if (n < 0) {
        throw new FailedInput(
            "damaged in its archive: it has %d bytes, but its header specifies %d"
                .formatted(length - rest, length));
      }
      SpoolFile.write(channel(), ByteBuffer.wrap(buffer, 0, n), start + length - rest);
      rest -= n;
    }
    end = start + length;
    return () -> read(channel(), start, length);
  }

  /** Reads bytes of a file, on any thread. */
  static byte[] read(FileChannel channel, long position, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new FailedInput("damaged in its archive: cut short");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
