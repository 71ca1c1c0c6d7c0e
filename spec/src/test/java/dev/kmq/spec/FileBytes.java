package dev.kmq.spec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The bytes of a file that a recipe assembles. */
final class FileBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int summed;

  /** Seed of the checksums of tables and tiles (G-4), started with the first checksum. */
  private final CRC32C seed = new CRC32C();

  private boolean seeded;

  void bytes(byte[] bytes) {
    out.writeBytes(bytes);
  }

  /** Appends {@code value} big-endian. */
  void number(long value, int bytes) {
    if (value < 0 || value >>> 8 * bytes != 0) {
      throw new IllegalArgumentException(value + " does not fit " + bytes + " bytes");
    }
    for (int shift = 8 * bytes - 8; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  /** Appends the CRC-32C of a prefix and all bytes since the last checksum. */
  void crc(byte[] beginning, long flip) {
    byte[] all = out.toByteArray();
    if (!seeded) {
      seeded = true;
      byte[] flagless = all.clone();
      flagless[9] &= (byte) 0xFE;
      seed.update(flagless);
    }
    CRC32C crc = new CRC32C();
    crc.update(beginning);
    crc.update(all, summed, all.length - summed);
    number(crc.getValue() ^ flip, 4);
    summed = out.size();
  }

  /** Adds a profile that the palette's colours depend on to the seed. */
  void seedWith(byte[] profile) {
    seed.update(profile);
  }

  long seed() {
    if (!seeded) {
      throw new IllegalArgumentException("the header has no checksum yet");
    }
    return seed.getValue();
  }

  /** Appends the indices of a rectangle in {@code bits} bits each, the last byte filled with 0. */
  void pack(Picture picture, int x, int y, int width, int height, int bits) {
    int held = 0;
    int count = 0;
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        int index = picture.indices[row * picture.width + column];
        for (int bit = bits - 1; bit >= 0; bit--) {
          held = held << 1 | index >>> bit & 1;
          if (++count % 8 == 0) {
            out.write(held);
            held = 0;
          }
        }
      }
    }
    if (count % 8 != 0) {
      out.write(held << 8 - count % 8);
    }
  }

  void patch(int offset, byte[] bytes) {
    byte[] all = out.toByteArray();
    System.arraycopy(bytes, 0, all, offset, bytes.length);
    replace(all);
  }

  void cut(int length) {
    byte[] all = out.toByteArray();
    if (length >= all.length) {
      throw new IllegalArgumentException("there are " + all.length + " bytes to cut");
    }
    replace(Arrays.copyOf(all, length));
  }

  private void replace(byte[] all) {
    out.reset();
    out.writeBytes(all);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
