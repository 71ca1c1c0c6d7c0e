package dev.kmq;

import dev.kmq.container.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A file that was encoded to learn its size. Its bytes are kept if there are at most {@link
 * #KEPT_BYTES}.
 */
final class EncodedFile extends OutputStream {
  private static final int KEPT_BYTES = 1 << 25;

  private final Header header;
  private ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long size;

  EncodedFile(Header header) {
    this.header = header;
  }

  Header header() {
    return header;
  }

  /** The number of bytes of the file. */
  long size() {
    return size;
  }

  boolean isKept() {
    return size <= KEPT_BYTES;
  }

  /** Writes the kept bytes. */
  void copyTo(OutputStream out) throws IOException {
    if (!isKept()) {
      throw new IllegalStateException("a file of " + size + " bytes is not kept");
    }
    kept.writeTo(out);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    size += length;
    if (isKept()) {
      kept.write(source, offset, length);
    } else {
      kept = new ByteArrayOutputStream(0);
    }
  }
}
