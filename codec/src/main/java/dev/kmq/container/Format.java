package dev.kmq.container;

import java.util.zip.Checksum;

/** The constants of version 1 of the format, named as in the specification ({@code kmq-1.md}). */
public final class Format {
  /** Media type of a {@code .kmq} file. */
  public static final String MEDIA_TYPE = "image/x-kmq";

  /** File name suffix, without the dot. */
  public static final String SUFFIX = "kmq";

  /** Length of the signature in bytes. */
  public static final int SIGNATURE_BYTES = 8;

  /** Length of the fixed part of the header, signature included, palette excluded. */
  public static final int HEADER_BYTES = 24;

  /** Length of the fixed part of the header of a short file. */
  static final int SHORT_HEADER_BYTES = 14;

  /** Length of a CRC-32C. */
  public static final int CRC_BYTES = 4;

  static final int FLAGS_OFFSET = 9;
  static final int METHOD_OFFSET = 10;

  /** Offset of the width; the height follows it. */
  static final int WIDTH_OFFSET = 12;

  /** Length of the field with the length of a tile. */
  static final int LENGTH_BYTES = 4;

  static final int VERSION = 1;
  static final int FLAG_CHUNKS = 0x01;
  static final int FLAG_SHORT = 0x02;
  static final int FLAG_MATCHES = 0x04;

  /** Bits of the byte for the kind of palette entry; neither is set for raw RGB8. */
  static final int ENTRY_ALPHA = 0x01;

  static final int ENTRY_CODED = 0x02;

  /** Largest width, height and number of colours of a short file. */
  static final int MAX_SHORT = 256;

  /** Length of the field with the length of the shared tables of a short file. */
  static final int SHORT_TABLES_LENGTH_BYTES = 2;

  static final int MAX_CODED_PALETTE_BYTES = 0xFFFF;
  static final int MAX_TILE_BYTES = Integer.MAX_VALUE;
  static final int MAX_TABLES_BYTES = 0xFFFF;
  static final int LENGTH_PACKED = 0x80000000;

  private static final long SIGNATURE = 0xCB4B4D510D0A1A0AL;

  private Format() {}

  /** {@return the eight bytes that every {@code .kmq} file begins with} */
  public static byte[] signature() {
    byte[] bytes = new byte[SIGNATURE_BYTES];
    putLong(bytes, SIGNATURE);
    return bytes;
  }

  /**
   * {@return the size of {@code pixels} indices of {@code bitsPerIndex} bits in bytes, the last one
   * padded}
   *
   * @param pixels number of indices
   * @param bitsPerIndex 0 to 16
   */
  public static long packedBytes(long pixels, int bitsPerIndex) {
    long whole = pixels / 8 * bitsPerIndex;
    return whole + (pixels % 8 * bitsPerIndex + 7) / 8;
  }

  /**
   * Size of a length field of one or two bytes for lengths below {@code bound} (specification,
   * rules P-8 and H-14).
   */
  static int lengthBytes(long bound) {
    return bound <= 256 ? 1 : 2;
  }

  static void putLong(byte[] target, long value) {
    for (int i = 0; i < 8; i++) {
      target[i] = (byte) (value >>> (56 - 8 * i));
    }
  }

  static void putInt(byte[] target, int offset, int value) {
    target[offset] = (byte) (value >>> 24);
    target[offset + 1] = (byte) (value >>> 16);
    target[offset + 2] = (byte) (value >>> 8);
    target[offset + 3] = (byte) value;
  }

  static void update(Checksum crc, byte[] bytes) {
    crc.update(bytes, 0, bytes.length);
  }

  /** Adds the four bytes of {@code value} to a checksum. */
  static void update(Checksum crc, int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      crc.update(value >>> shift);
    }
  }

  static int getInt(byte[] source, int offset) {
    return (source[offset] & 0xFF) << 24
        | (source[offset + 1] & 0xFF) << 16
        | (source[offset + 2] & 0xFF) << 8
        | (source[offset + 3] & 0xFF);
  }
}
