package dev.kmq.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Builds files byte by byte, with valid checksums but without checking any rule. */
final class RawFile {
  private final byte[] header;
  private byte[] profile = {};
  private int tiles;

  /** The bytes after the header, which need the seed. */
  private final List<UnaryOperator<byte[]>> rest = new ArrayList<>();

  /** An untiled RGB image with a palette of zeros; 31-bit sides and K as given. */
  RawFile(Method method, int width, int height, int colors) {
    header = new byte[Format.HEADER_BYTES + 3 * colors];
    System.arraycopy(Format.signature(), 0, header, 0, 8);
    header[8] = 1;
    header[10] = (byte) method.code();
    Format.putInt(header, 12, width);
    Format.putInt(header, 16, height);
    header[20] = (byte) ((colors - 1) >>> 8);
    header[21] = (byte) (colors - 1);
  }

  /** Sets a byte of the header. */
  RawFile set(int offset, int value) {
    header[offset] = (byte) value;
    return this;
  }

  RawFile chunk(String type, byte... data) {
    header[9] = 1;
    byte[] head = new byte[8];
    System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, head, 0, 4);
    Format.putInt(head, 4, data.length);
    profile = type.equals(Chunk.ICCP) ? data : profile;
    return bytes(head).bytes(data).bytes(crc(head, data));
  }

  RawFile end() {
    return chunk("KPIX");
  }

  /** A tile of method packed. */
  RawFile packedTile(byte... payload) {
    return summed(payload);
  }

  /** A tile of another method. */
  RawFile tile(int field, byte... payload) {
    byte[] length = new byte[4];
    Format.putInt(length, 0, field);
    return summed(length, payload);
  }

  /** Tables that tiles share. */
  RawFile tables(byte... tables) {
    byte[] length = new byte[4];
    Format.putInt(length, 0, tables.length);
    rest.add(seed -> join(length, tables, crc(seed, length, tables)));
    return this;
  }

  RawFile tile(byte... payload) {
    return tile(payload.length, payload);
  }

  RawFile bytes(byte... bytes) {
    rest.add(seed -> bytes);
    return this;
  }

  /** The parts of the next tile and their checksum. */
  private RawFile summed(byte[]... parts) {
    byte[] number = new byte[4];
    Format.putInt(number, 0, tiles++);
    byte[] tile = join(parts);
    rest.add(seed -> join(tile, crc(seed, number, tile)));
    return this;
  }

  byte[] file() {
    byte[] flagless = header.clone();
    flagless[9] = 0;
    byte[] seed = header[22] == 1 ? crc(flagless, profile) : crc(flagless);
    byte[] file = join(header, crc(header));
    for (UnaryOperator<byte[]> part : rest) {
      file = join(file, part.apply(seed));
    }
    return file;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static byte[] crc(byte[]... parts) {
    CRC32C crc = new CRC32C();
    for (byte[] part : parts) {
      crc.update(part);
    }
    byte[] bytes = new byte[4];
    Format.putInt(bytes, 0, (int) crc.getValue());
    return bytes;
  }

  /** Raw DEFLATE of these bytes. */
  static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(9, true);
    try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }
}
