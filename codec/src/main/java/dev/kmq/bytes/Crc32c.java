package dev.kmq.bytes;

import dev.kmq.platform.NewerThanAndroid8;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * CRC-32C: the JDK's, which uses instructions of the processor, or on Android before 14, which has
 * none, a table.
 */
public final class Crc32c {
  private static final boolean JDK = jdkHasOne();

  private Crc32c() {}

  /** The checksum of no bytes. */
  public static Checksum create() {
    return JDK ? Jdk.create() : dev.kmq.bytes.plain.Crc32c.create();
  }

  private static boolean jdkHasOne() {
    try {
      Jdk.create();
      return true;
    } catch (NoClassDefFoundError e) {
      return false;
    }
  }

  @NewerThanAndroid8
  private static final class Jdk {
    static Checksum create() {
      return new CRC32C();
    }
  }
}
