package dev.kmq.png;

import java.io.IOException;
import java.util.zip.CRC32;

/** Reads a file from its start to its end through a buffer. */
final class PngCursor {
  private final PngSource source;
  private final byte[] buffer = new byte[1 << 14];

  /** Position in the file of the first byte in the buffer. */
  private long start;

  private int buffered;
  private long position;

  PngCursor(PngSource source, long position) {
    this.source = source;
    this.position = position;
  }

  long position() {
    return position;
  }

  void seek(long to) {
    position = to;
  }

  /** Fills an array; false if the file ends before. */
  boolean fill(byte[] target) throws IOException {
    for (int at = 0; at < target.length; ) {
      int n = Math.min(target.length - at, available());
      if (n == 0) {
        return false;
      }
      System.arraycopy(buffer, (int) (position - start), target, at, n);
      position += n;
      at += n;
    }
    return true;
  }

  /** Passes over bytes and adds them to a checksum; false if the file ends before. */
  boolean pass(long count, CRC32 crc) throws IOException {
    for (long left = count; left > 0; ) {
      int n = (int) Math.min(left, available());
      if (n == 0) {
        return false;
      }
      crc.update(buffer, (int) (position - start), n);
      position += n;
      left -= n;
    }
    return true;
  }

  /** Number of bytes in the buffer from the position on; 0 at the end of the file. */
  private int available() throws IOException {
    long from = position - start;
    if (from < 0 || from >= buffered) {
      start = position;
      buffered = Math.max(0, source.read(position, buffer, 0, buffer.length));
      from = 0;
    }
    return buffered - (int) from;
  }
}
