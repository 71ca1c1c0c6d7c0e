package dev.kmq.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes of a pipe, which delivers them once, for any number of readers. Little more is
 * taken from the pipe than a reader asks for, so an endless one can be refused by its first bytes.
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
  private int length;
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
    int copied = Math.min(count, length - (int) from);
    System.arraycopy(kept, (int) from, target, offset, copied);
    return copied;
  }

  private void take() throws IOException {
    InputStream from = pipe;
    if (from == null) {
      from = source.open();
      pipe = from;
    }
    if (kept.length - length < PIECE) {
      long wanted = Math.max(length + (long) PIECE, 2L * length);
      if (wanted > Integer.MAX_VALUE - 8 && kept.length == Integer.MAX_VALUE - 8) {
        throw new OutOfMemoryError("more bytes than an array holds");
      }
      kept = Arrays.copyOf(kept, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
    int n = from.read(kept, length, PIECE);
    if (n >= 0) {
      length += n;
      return;
    }
    end();
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
