package dev.kmq.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds zip archives byte by byte, including ones that no library writes. */
final class ZipBytes {
  /** Bit of the flags for a name in UTF-8. */
  public static final int UTF8 = 1 << 11;

  /** System of the version made by: MS-DOS and Unix. */
  public static final int DOS = 0;

  public static final int UNIX = 3;

  private final ByteArrayOutputStream local = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int entries;

  /** An entry of the directory; each field can be falsified. */
  public static final class Entry {
    byte[] name;
    byte[] extra = {};
    byte[] data;
    long crc;
    long size;
    long packedSize;
    int method;
    int flags;
    int system = UNIX;
    int offset = -1;

    /** A stored entry. */
    public Entry(String name, byte[] content) {
      this(name.getBytes(StandardCharsets.UTF_8), content);
    }

    /** A stored entry; the name may have any bytes. */
    public Entry(byte[] name, byte[] content) {
      this.name = name.clone();
      CRC32 value = new CRC32();
      value.update(content);
      crc = value.getValue();
      size = content.length;
      packed(0, content);
    }

    /** Sets the compressed data. */
    public Entry packed(int packing, byte[] bytes) {
      method = packing;
      data = bytes.clone();
      packedSize = bytes.length;
      return this;
    }

    /** Compresses the data by deflate. */
    public Entry deflated() {
      return packed(8, deflate(data));
    }

    public Entry crc(long value) {
      crc = value;
      return this;
    }

    public Entry size(long value) {
      size = value;
      return this;
    }

    public Entry flags(int value) {
      flags = value;
      return this;
    }

    public Entry system(int value) {
      system = value;
      return this;
    }

    public Entry extra(byte[] bytes) {
      extra = bytes.clone();
      return this;
    }
  }

  /** Raw deflate data. */
  public static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Appends an entry. */
  public ZipBytes add(Entry e) {
    e.offset = local.size();
    byte[] record = new byte[30];
    ByteBuffer header = fields(record, 0x04034b50);
    header.putShort((short) 20);
    common(header, e);
    local.writeBytes(record);
    local.writeBytes(e.name);
    local.writeBytes(e.extra);
    local.writeBytes(e.data);
    return refer(e);
  }

  /** Appends an entry to the directory only; it shares the data of the first one. */
  public ZipBytes refer(Entry e) {
    byte[] record = new byte[46];
    ByteBuffer header = fields(record, 0x02014b50);
    header.putShort((short) (e.system << 8 | 20)).putShort((short) 20);
    common(header, e);
    header.position(42);
    header.putInt(e.offset);
    directory.writeBytes(record);
    directory.writeBytes(e.name);
    directory.writeBytes(e.extra);
    entries++;
    return this;
  }

  private static void common(ByteBuffer header, Entry e) {
    header.putShort((short) e.flags).putShort((short) e.method).putInt(0x00210000);
    header.putInt((int) e.crc).putInt((int) e.packedSize).putInt((int) e.size);
    header.putShort((short) e.name.length).putShort((short) e.extra.length);
  }

  /** The archive. */
  public byte[] bytes() {
    return bytes(entries);
  }

  /** The archive with another number of entries in its end record. */
  public byte[] bytes(int entries) {
    byte[] record = new byte[22];
    ByteBuffer end = fields(record, 0x06054b50);
    end.putInt(0).putShort((short) entries).putShort((short) entries);
    end.putInt(directory.size()).putInt(local.size());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(local.toByteArray());
    out.writeBytes(directory.toByteArray());
    out.writeBytes(record);
    return out.toByteArray();
  }

  private static ByteBuffer fields(byte[] record, int signature) {
    return ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putInt(signature);
  }
}
