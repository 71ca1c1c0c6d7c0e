package dev.kmq.bytes.plain;

import java.util.zip.Checksum;

/** CRC-32C by tables, four bytes at a time. */
public final class Crc32c implements Checksum {
  private static final int[] TABLE = table();

  private int crc;

  private Crc32c() {}

  /** The checksum of no bytes. */
  public static Checksum create() {
    return new Crc32c();
  }

  private static int[] table() {
    int[] table = new int[4 * 256];
    for (int b = 0; b < 256; b++) {
      int c = b;
      for (int bit = 0; bit < 8; bit++) {
        c = (c >>> 1) ^ (0x82F63B78 & -(c & 1));
      }
      table[b] = c;
    }
    for (int i = 256; i < table.length; i++) {
      int before = table[i - 256];
      table[i] = (before >>> 8) ^ table[before & 0xFF];
    }
    return table;
  }

  @Override
  public void update(int b) {
    int c = ~crc;
    crc = ~((c >>> 8) ^ TABLE[(c ^ b) & 0xFF]);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int[] t = TABLE;
    int c = ~crc;
    int i = offset;
    int end = offset + length;
    for (; i + 4 <= end; i += 4) {
      c ^=
          (bytes[i] & 0xFF)
              | (bytes[i + 1] & 0xFF) << 8
              | (bytes[i + 2] & 0xFF) << 16
              | bytes[i + 3] << 24;
      c =
          t[3 * 256 + (c & 0xFF)]
              ^ t[2 * 256 + (c >>> 8 & 0xFF)]
              ^ t[256 + (c >>> 16 & 0xFF)]
              ^ t[c >>> 24];
    }
    for (; i < end; i++) {
      c = (c >>> 8) ^ t[(c ^ bytes[i]) & 0xFF];
    }
    crc = ~c;
  }

  @Override
  public long getValue() {
    return crc & 0xFFFFFFFFL;
  }

  @Override
  public void reset() {
    crc = 0;
  }
}
