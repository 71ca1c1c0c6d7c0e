package dev.kmq.fuzz;

/** Derives decisions from fuzzed bytes; zeros follow their end. */
final class Source {
  private final byte[] data;
  private int at;

  Source(byte[] data) {
    this.data = data;
  }

  int next() {
    return at < data.length ? data[at++] & 0xFF : 0;
  }

  /** A number from 0 to {@code bound} - 1. */
  int below(int bound) {
    return (next() << 8 | next()) % bound;
  }

  <T> T oneOf(T[] values) {
    return values[below(values.length)];
  }

  boolean flag() {
    return (next() & 1) != 0;
  }
}
