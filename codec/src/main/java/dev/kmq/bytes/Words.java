package dev.kmq.bytes;

import dev.kmq.platform.NewerThanAndroid8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of an array as a long, at any offset: by variable handles, or byte by byte on Android
 * before 13, which has none. The choice is a constant, which the compiler removes.
 */
public final class Words {
  private static final boolean HANDLES = handlesWork();

  private Words() {}

  /** The eight bytes from {@code at} on; the first one is the most significant. */
  public static long bigEndian(byte[] bytes, int at) {
    return HANDLES ? Handles.bigEndian(bytes, at) : dev.kmq.bytes.plain.Words.bigEndian(bytes, at);
  }

  /** Sets the eight bytes from {@code at} on; the first one is the most significant. */
  public static void setBigEndian(byte[] bytes, int at, long word) {
    if (HANDLES) {
      Handles.setBigEndian(bytes, at, word);
    } else {
      dev.kmq.bytes.plain.Words.setBigEndian(bytes, at, word);
    }
  }

  /** The eight bytes from {@code at} on; the first one is the least significant. */
  public static long littleEndian(byte[] bytes, int at) {
    return HANDLES
        ? Handles.littleEndian(bytes, at)
        : dev.kmq.bytes.plain.Words.littleEndian(bytes, at);
  }

  private static boolean handlesWork() {
    try {
      return Handles.bigEndian(new byte[Long.BYTES], 0) == 0;
    } catch (LinkageError e) {
      return false;
    }
  }

  @NewerThanAndroid8
  private static final class Handles {
    private static final VarHandle BIG_ENDIAN =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_ENDIAN =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static long bigEndian(byte[] bytes, int at) {
      return (long) BIG_ENDIAN.get(bytes, at);
    }

    static void setBigEndian(byte[] bytes, int at, long word) {
      BIG_ENDIAN.set(bytes, at, word);
    }

    static long littleEndian(byte[] bytes, int at) {
      return (long) LITTLE_ENDIAN.get(bytes, at);
    }
  }
}
