package dev.kmq.web.inflate;

import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/** {@code dev.kmq.png.Zlib} without the JDK's inflater, and the compressed pixels of PNG. */
public final class Zlib {
  private static final int HEADER_BYTES = 2;
  private static final int DEFLATE = 8;
  private static final int CHECK_BYTES = 4;

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
    int stored = 0;
    for (int i = 0; i < CHECK_BYTES; i++) {
      stored = stored << 8 | data[check + i] & 0xFF;
    }
    byte[] bytes = inflate.bytes();
    Adler32 sum = new Adler32();
    sum.update(bytes, 0, bytes.length);
    return (int) sum.getValue() == stored ? bytes : null;
  }

  /**
   * What can be inflated of a zlib stream that may be damaged.
   *
   * @return null if it does not begin as one
   */
  public static @Nullable Inflate start(byte[] data, int most) {
    return isHeader(data, 0) ? Inflate.of(data, HEADER_BYTES, data.length, most) : null;
  }

  /** Whether there is a header that names DEFLATE, without a dictionary. */
  private static boolean isHeader(byte[] data, int from) {
    if (from + HEADER_BYTES > data.length) {
      return false;
    }
    int first = data[from] & 0xFF;
    int second = data[from + 1] & 0xFF;
    return (first << 8 | second) % 31 == 0 && first % 16 == DEFLATE && (second & 0x20) == 0;
  }
}
