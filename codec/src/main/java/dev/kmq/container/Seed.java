package dev.kmq.container;

import dev.kmq.bytes.Crc32c;
import java.util.List;
import java.util.zip.Checksum;

/**
 * Binds tiles and shared tables to their image (specification, G-4): a checksum of everything that
 * defines the meaning of indices, that is the header without its flag for chunks, the palette, and
 * the profile if the colour space is ICC. The checksums of tiles and tables start from it.
 */
final class Seed {
  private final int value;

  private Seed(int value) {
    this.value = value;
  }

  /**
   * The seed of an image.
   *
   * @param head header and palette as they are stored
   * @param chunks all chunks of known types
   */
  static Seed of(byte[] head, ColorSpace colorSpace, List<Chunk> chunks) {
    byte[] bytes = head.clone();
    bytes[Format.FLAGS_OFFSET] &= (byte) ~Format.FLAG_CHUNKS;
    Checksum crc = Crc32c.create();
    Format.update(crc, bytes);
    if (colorSpace == ColorSpace.ICC) {
      for (Chunk chunk : chunks) {
        if (chunk.type().equals(Chunk.ICCP)) {
          Format.update(crc, chunk.dataInPlace());
        }
      }
    }
    return new Seed((int) crc.getValue());
  }

  /** The initial checksum of the shared tables. */
  Checksum tables() {
    Checksum crc = Crc32c.create();
    Format.update(crc, value);
    return crc;
  }

  /** The initial checksum of a tile. */
  Checksum tile(int tile) {
    Checksum crc = tables();
    Format.update(crc, tile);
    return crc;
  }
}
