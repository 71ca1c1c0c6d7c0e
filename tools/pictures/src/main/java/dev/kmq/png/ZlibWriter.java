package dev.kmq.png;

import dev.kmq.deflate.DeflateWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Adler32;

/** Writes a zlib stream (RFC 1950) compressed by {@link DeflateWriter}. */
final class ZlibWriter extends OutputStream {
  /** DEFLATE with a window of 32 KiB, compressed as well as possible; a multiple of 31. */
  private static final int HEADER = 0x78DA;

  private final OutputStream target;
  private final DeflateWriter deflated;
  private final Adler32 check = new Adler32();

  /** A writer that does not close its target. */
  ZlibWriter(OutputStream target) throws IOException {
    this.target = target;
    this.deflated = new DeflateWriter(target);
    target.write(HEADER >>> 8);
    target.write(HEADER & 0xFF);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    check.update(bytes, offset, length);
    deflated.write(bytes, offset, length);
  }

  /** Writes the rest of the stream; nothing may be written after it. */
  void finish() throws IOException {
    deflated.finish();
    int sum = (int) check.getValue();
    for (int shift = 24; shift >= 0; shift -= 8) {
      target.write(sum >>> shift);
    }
    target.flush();
  }
}
