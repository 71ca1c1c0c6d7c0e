package dev.kmq.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.apache.commons.io.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes of a pipe, which delivers them once, for any number of readers: in memory up to
 * {@value SpoolFile#MOST_IN_MEMORY}, and in a temporary file beyond. Little more is taken from the
 * pipe than a reader asks for, so an endless one can be refused by its first bytes.
 */
final class Replay implements Closeable {
  /** Opens the pipe. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  private static final int PIECE = 1 << 16;

  private final Source source;
  private @Nullable InputStream pipe;
  private byte[] kept = {};

  /** The file with all bytes, once they are too many for {@link #kept}. */
  private @Nullable FileChannel file;

  private long length;
  private boolean ended;

  /** Opens the pipe when the first byte is read, and closes it at its end. */
  Replay(Source source) {
    this.source = source;
  }

  /** Number of bytes to the end of the pipe. */
  synchronized long size() throws IOException {
    while (!ended) {
      take();
    }
    if (length == 0) {
      throw new FailedInput("is empty");
    }
    return length;
  }

  /** Drops the bytes, and closes the pipe. */
  @Override
  public synchronized void close() {
    kept = new byte[0];
    length = 0;
    try {
      end();
    } catch (IOException e) {
      // Nothing more is read from it.
    }
    IOUtils.closeQuietly(file);
  }

  /** Reads bytes at a position; -1 at the end. */
  synchronized int read(long from, byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    while (from >= length && !ended) {
      take();
    }
    if (length == 0) {
      throw new FailedInput("is empty");
    }
    if (from >= length) {
      return -1;
    }
    int copied = (int) Math.min(count, length - from);
    FileChannel spooled = file;
    if (spooled != null) {
      return spooled.read(ByteBuffer.wrap(target, offset, copied), from);
    }
    System.arraycopy(kept, (int) from, target, offset, copied);
    return copied;
  }

  private void take() throws IOException {
    InputStream from = pipe;
    if (from == null) {
      from = source.open();
      pipe = from;
    }
    if (length + PIECE > SpoolFile.MOST_IN_MEMORY) {
      spool(from);
      return;
    }
    int at = (int) length;
    if (kept.length - at < PIECE) {
      kept = Arrays.copyOf(kept, Math.max(at + PIECE, 2 * at));
    }
    int n = from.read(kept, at, PIECE);
    if (n >= 0) {
      length += n;
      return;
    }
    end();
  }

  private void spool(InputStream from) throws IOException {
    FileChannel spooled = file;
    if (spooled == null) {
      spooled = SpoolFile.open();
      file = spooled;
      SpoolFile.write(spooled, ByteBuffer.wrap(kept, 0, (int) length), 0);
      kept = new byte[PIECE];
    }
    int n = from.read(kept, 0, PIECE);
    if (n < 0) {
      end();
      return;
    }
    SpoolFile.write(spooled, ByteBuffer.wrap(kept, 0, n), length);
    length += n;
  }

  private void end() throws IOException {
    ended = true;
    InputStream open = pipe;
    pipe = null;
    if (open != null) {
      open.close();
    }
  }
}
