package dev.kmq.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Puts files together byte by byte, whatever the rules, with checksums that hold. */
final class RawFile {
  private final byte[] header;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

  /** An untiled RGB picture with a palette of zeros; 31-bit sides and K as given. */
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
    return bytes(head).bytes(data).bytes(crc(head, data));
  }

  RawFile end() {
    return chunk("KPIX");
  }

  /** A tile of method packed. */
  RawFile packedTile(byte... payload) {
    return bytes(payload).bytes(crc(payload));
  }

  /** A tile of another method. */
  RawFile tile(int field, byte... payload) {
    byte[] length = new byte[4];
    Format.putInt(length, 0, field);
    return bytes(length).bytes(payload).bytes(crc(length, payload));
  }

  RawFile tile(byte... payload) {
    return tile(payload.length, payload);
  }

  RawFile bytes(byte... bytes) {
    rest.writeBytes(bytes);
    return this;
  }

  byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header);
    file.writeBytes(crc(header));
    file.writeBytes(rest.toByteArray());
    return file.toByteArray();
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
