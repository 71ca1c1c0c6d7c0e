package dev.kmq.web.jdk;

/** {@code dev.kmq.bytes.Words} without method handles. */
public final class Words {
  private Words() {}

  public static long bigEndian(byte[] bytes, int at) {
    return Long.reverseBytes(littleEndian(bytes, at));
  }

  public static void setBigEndian(byte[] bytes, int at, long word) {
    for (int i = 0; i < 8; i++) {
      bytes[at + i] = (byte) (word >>> (56 - 8 * i));
    }
  }

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
