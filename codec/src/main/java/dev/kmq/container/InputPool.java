package dev.kmq.container;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Lends the input of a file to the threads that read it: one input per thread if possible, else a
 * single one to one thread at a time.
 */
final class InputPool implements Closeable {
  private final ByteInput first;
  private final ConcurrentLinkedDeque<ByteInput> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** A call that reads. */
  interface Reading<T> {
    T from(ByteInput input) throws IOException;
  }

  InputPool(ByteInput first) {
    this.first = first;
    idle.add(first);
  }

  /**
   * Runs a call with exclusive use of an input. Nested calls must pass the input on.
   *
   * @throws IOException if the input is closed, even if the bytes are buffered
   */
  <T> T read(Reading<T> reading) throws IOException {
    if (closed) {
      throw new IOException("the reader is closed");
    }
    if (!first.forks()) {
      synchronized (first) {
        try {
          return reading.from(first);
        } finally {
          first.settle();
        }
      }
    }
    ByteInput input = idle.pollFirst();
    input = input == null ? first.fork() : input;
    try {
      return reading.from(input);
    } finally {
      idle.addFirst(input);
    }
  }

  @Override
  public void close() throws IOException {
    closed = !first.isArray();
    first.close();
  }
}
