package dev.kmq.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes that it passes on. */
final class CountingOutput extends OutputStream {
  private OutputStream target = OutputStream.nullOutputStream();
  private long count;

  /** Continues with another target and resets the count. */
  void target(OutputStream out) {
    target = out;
    count = 0;
  }

  long count() {
    return count;
  }

  @Override
  public void write(int b) throws IOException {
    target.write(b);
    count++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    target.write(bytes, offset, length);
    count += length;
  }
}
