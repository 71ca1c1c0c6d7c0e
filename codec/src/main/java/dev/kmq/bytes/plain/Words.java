package dev.kmq.bytes.plain;

/** Eight bytes of an array as a long, at any offset. */
public final class Words {
  private Words() {}

  /** The eight bytes from {@code at} on; the first one is the most significant. */
  public static long bigEndian(byte[] bytes, int at) {
    return Long.reverseBytes(littleEndian(bytes, at));
  }

  /** Sets the eight bytes from {@code at} on; the first one is the most significant. */
  public static void setBigEndian(byte[] bytes, int at, long word) {
    for (int i = 0; i < 8; i++) {
      bytes[at + i] = (byte) (word >>> (56 - 8 * i));
    }
  }

  /** The eight bytes from {@code at} on; the first one is the least significant. */
  public static long littleEndian(byte[] bytes, int at) {
    return int32(bytes, at) & 0xFFFFFFFFL | (long) int32(bytes, at + 4) << 32;
  }

  private static int int32(byte[] bytes, int at) {
    return bytes[at] & 0xFF
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | bytes[at + 3] << 24;
  }
}
