package dev.kmq.container;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Repairs the checksums of a changed file, so that readers check what follows them. */
public final class Checksums {
  private final byte[] file;
  private int at;
  private final CRC32C seed = new CRC32C();

  private Checksums(byte[] file) {
    this.file = file;
  }

  /**
   * Writes the correct checksum wherever a reader that follows the lengths in the file expects one.
   * Stops at a length that exceeds the file.
   *
   * @return the same array
   */
  public static byte[] repair(byte[] file) {
    if (file.length >= Format.HEADER_BYTES) {
      Checksums checksums = new Checksums(file);
      if (file[8] == Format.VERSION && (file[Format.FLAGS_OFFSET] & Format.FLAG_SHORT) != 0) {
        checksums.repairShort();
      } else {
        checksums.repair();
      }
    }
    return file;
  }

  private void repair() {
    int colors = ((file[20] & 0xFF) << 8 | file[21] & 0xFF) + 1;
    long end = paletteEnd(Format.HEADER_BYTES, colors, file[11]);
    if (end > file.length || !put(new CRC32C(), end)) {
      return;
    }
    byte flags = file[Format.FLAGS_OFFSET];
    file[Format.FLAGS_OFFSET] = (byte) (flags & ~Format.FLAG_CHUNKS);
    seed.update(file, 0, at - Format.CRC_BYTES);
    file[Format.FLAGS_OFFSET] = flags;
    if ((flags & Format.FLAG_CHUNKS) != 0 && !chunks()) {
      return;
    }
    if (file[10] == Method.RANS.code() && colors > 1) {
      if (at + 4 > file.length || !put(begun(), 4L + unsigned(at))) {
        return;
      }
    }
    tiles(colors);
  }

  /**
   * The end of a palette that begins at {@code start}; beyond the file if the length is too large.
   */
  private long paletteEnd(int start, int colors, int entry) {
    long plain = (long) colors * ((entry & Format.ENTRY_ALPHA) != 0 ? 4 : 3);
    if ((entry & Format.ENTRY_CODED) == 0) {
      return start + plain;
    }
    int bytes = Format.lengthBytes(plain);
    return length(start, bytes) + start + bytes;
  }

  /** A length of one or two bytes. */
  private long length(long offset, int bytes) {
    if (offset + bytes > file.length) {
      return file.length;
    }
    int at = (int) offset;
    return bytes == 1 ? file[at] & 0xFF : (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
  }

  private void repairShort() {
    int method = file[10] & 0x0F;
    int colors = (file[13] & 0xFF) + 1;
    long end = paletteEnd(Format.SHORT_HEADER_BYTES, colors, (file[10] & 0xF0) >>> 4);
    if (method == Method.RANS.code() && colors > 1) {
      end += 2 + length(end, 2);
    }
    long pixels = ((file[11] & 0xFF) + 1L) * ((file[12] & 0xFF) + 1L);
    long packed = Format.packedBytes(pixels, 32 - Integer.numberOfLeadingZeros(colors - 1));
    int bytes = Format.lengthBytes(packed);
    long length = length(end, bytes);
    put(new CRC32C(), end + bytes + (length == 0 ? packed : length));
  }

  private boolean chunks() {
    while (at + 8 <= file.length) {
      String type = new String(file, at, 4, StandardCharsets.ISO_8859_1);
      int data = at + 8;
      if (!put(new CRC32C(), 8L + unsigned(at + 4))) {
        return false;
      }
      if (type.equals(Chunk.ICCP) && file[22] == ColorSpace.ICC.code()) {
        seed.update(file, data, at - Format.CRC_BYTES - data);
      }
      if (type.equals(Chunk.END)) {
        return true;
      }
    }
    return false;
  }

  private void tiles(int colors) {
    int width = Format.getInt(file, 12);
    int height = Format.getInt(file, 16);
    if (width < 1 || height < 1) {
      return;
    }
    Tiling tiling = new Tiling(width, height, (file[23] & 0xF0) >>> 4, file[23] & 0x0F);
    int bits = 32 - Integer.numberOfLeadingZeros(colors - 1);
    for (int tile = 0; tile < tiling.count(); tile++) {
      long pixels = (long) tiling.width(tile) * tiling.height(tile);
      long length = Format.packedBytes(pixels, bits);
      if (file[10] != Method.PACKED.code()) {
        if (at + 4 > file.length) {
          return;
        }
        length = 4 + (unsigned(at) & ~0x80000000L);
      }
      CRC32C crc = begun();
      Format.update(crc, tile);
      if (!put(crc, length)) {
        return;
      }
    }
  }

  private CRC32C begun() {
    CRC32C crc = new CRC32C();
    Format.update(crc, (int) seed.getValue());
    return crc;
  }

  private long unsigned(int offset) {
    return Format.getInt(file, offset) & 0xFFFFFFFFL;
  }

  /** Writes the checksum of the next bytes after them, if the file is long enough. */
  private boolean put(CRC32C crc, long length) {
    if (length > file.length - at - Format.CRC_BYTES) {
      return false;
    }
    crc.update(file, at, (int) length);
    at += (int) length;
    Format.putInt(file, at, (int) crc.getValue());
    at += Format.CRC_BYTES;
    return true;
  }
}
