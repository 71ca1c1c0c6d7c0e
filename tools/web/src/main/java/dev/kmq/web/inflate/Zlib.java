package dev.kmq.web.inflate;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Adler32;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** {@code dev.kmq.png.Zlib} without the JDK's inflater. */
public final class Zlib {
  private static final int HEADER_BYTES = 2;
  private static final int DEFLATE = 8;
  private static final int CHECK_BYTES = 4;

  /** The code of 32 KiB. */
  private static final int MOST_WINDOW = 7;

  private Zlib() {}

  /** The inflated bytes of a zlib stream; null if it is damaged or exceeds the limit. */
  public static byte @Nullable [] inflate(byte[] data, int from, int most) {
    if (!isHeader(data, from)) {
      return null;
    }
    Inflate inflate = Inflate.of(data, from + HEADER_BYTES, data.length, most);
    int check = inflate.next();
    if (inflate.end() != Inflate.End.COMPLETE || check + CHECK_BYTES > data.length) {
      return null;
    }
    return isChecksum(data, check, inflate.array(), inflate.length()) ? inflate.bytes() : null;
  }

  /** The inflated bytes of a stream up to its first fault, of which at most {@code most} count. */
  public static InputStream stream(InputStream deflated, long most) {
    return new Inflated(deflated, most);
  }

  private static final class Inflated extends InflatedStream {
    private final long most;

    /** Whether a part of the checksum is missing. */
    private boolean truncated;

    Inflated(InputStream deflated, long most) {
      super(deflated);
      this.most = most;
    }

    @Override
    Inflate inflate(byte[] data) throws IOException {
      if (!isHeader(data, 0)) {
        throw data.length < HEADER_BYTES ? new EOFException() : new ZipException();
      }
      Inflate inflate = Inflate.of(data, HEADER_BYTES, data.length, most);
      int check = inflate.next();
      truncated = check + CHECK_BYTES > data.length;
      if (inflate.end() == Inflate.End.COMPLETE
          && !truncated
          && !isChecksum(data, check, inflate.array(), inflate.length())) {
        throw new ZipException();
      }
      return inflate;
    }

    @Override
    void checkEnd(Inflate source) throws IOException {
      switch (source.end()) {
        case SHORT -> throw new EOFException();
        case CORRUPT -> throw new ZipException();
        case LIMIT -> {}
        case COMPLETE -> {
          if (truncated) {
            throw new EOFException();
          }
        }
      }
    }
  }

  private static boolean isChecksum(byte[] data, int at, byte[] bytes, int length) {
    int stored = 0;
    for (int i = 0; i < CHECK_BYTES; i++) {
      stored = stored << 8 | data[at + i] & 0xFF;
    }
    Adler32 sum = new Adler32();
    sum.update(bytes, 0, length);
    return (int) sum.getValue() == stored;
  }

  /** Whether there is a header that names DEFLATE, without a dictionary. */
  private static boolean isHeader(byte[] data, int from) {
    if (from + HEADER_BYTES > data.length) {
      return false;
    }
    int first = data[from] & 0xFF;
    int second = data[from + 1] & 0xFF;
    return (first << 8 | second) % 31 == 0
        && first % 16 == DEFLATE
        && first >> 4 <= MOST_WINDOW
        && (second & 0x20) == 0;
  }
}
