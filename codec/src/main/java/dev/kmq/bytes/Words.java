package dev.kmq.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array as a long, at any offset. */
public final class Words {
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /** The eight bytes from {@code at} on; the first one is the most significant. */
  public static long bigEndian(byte[] bytes, int at) {
    return (long) BIG_ENDIAN.get(bytes, at);
  }

  /** Sets the eight bytes from {@code at} on; the first one is the most significant. */
  public static void setBigEndian(byte[] bytes, int at, long word) {
    BIG_ENDIAN.set(bytes, at, word);
  }

  /** The eight bytes from {@code at} on; the first one is the least significant. */
  public static long littleEndian(byte[] bytes, int at) {
    return (long) LITTLE_ENDIAN.get(bytes, at);
  }
}
