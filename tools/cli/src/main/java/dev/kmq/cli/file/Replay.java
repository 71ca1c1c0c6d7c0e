package dev.kmq.cli.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a pipe, which gives them once, for readers that begin at the start any number of
 * times. Little more is taken from the pipe than a reader asks for, so an endless one can be
 * refused by its first bytes.
 */
final class Replay {
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

  /** Opens the pipe when the first byte is asked for, and closes it at its end. */
  Replay(Source source) {
    this.source = source;
  }

  /** A stream of the bytes from the start. */
  InputStream open() {
    return new InputStream() {
      private int position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, target.length);
        int copied = copy(position, target, offset, count);
        position += Math.max(copied, 0);
        return copied;
      }
    };
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

  /** Lets go of the bytes, and of the pipe. */
  synchronized void release() {
    kept = new byte[0];
    length = 0;
    try {
      end();
    } catch (IOException e) {
      // nothing of it is wanted any more
    }
  }

  private synchronized int copy(int from, byte[] target, int offset, int count) throws IOException {
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
    int copied = Math.min(count, length - from);
    System.arraycopy(kept, from, target, offset, copied);
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
