package dev.kmq.png;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Inflates zlib streams (RFC 1950). */
final class Zlib {
  private static final int BUFFER_BYTES = 1 << 16;

  private Zlib() {}

  /**
   * The inflated bytes of a small stream that begins at an offset.
   *
   * @return null if it is damaged or has more bytes than {@code most}
   */
  static byte @Nullable [] inflate(byte[] data, int from, int most) {
    InputStream deflated = new ByteArrayInputStream(data, from, data.length - from);
    try (InputStream in = new InflaterInputStream(deflated)) {
      byte[] found = in.readNBytes(most + 1);
      return found.length > most ? null : found;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * The inflated bytes of a stream, up to its first fault: an {@link java.io.EOFException} if it is
   * not complete, a {@link ZipException} if it is not valid.
   *
   * @param most how many bytes are read at most
   */
  static InputStream stream(InputStream deflated, long most) {
    return new Inflated(deflated);
  }

  private static final class Inflated extends InflaterInputStream {
    Inflated(InputStream deflated) {
      super(deflated, new Inflater(), BUFFER_BYTES);
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      int n = super.read(target, offset, count);
      if (n < 0 && inf.needsDictionary()) {
        throw new ZipException("a preset dictionary");
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }
}
