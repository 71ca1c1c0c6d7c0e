package dev.kmq.container;

import java.util.List;
import java.util.zip.CRC32C;

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
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    if (colorSpace == ColorSpace.ICC) {
      for (Chunk chunk : chunks) {
        if (chunk.type().equals(Chunk.ICCP)) {
          crc.update(chunk.dataInPlace());
        }
      }
    }
    return new Seed((int) crc.getValue());
  }

  /** The initial checksum of the shared tables. */
  CRC32C tables() {
    CRC32C crc = new CRC32C();
    Format.update(crc, value);
    return crc;
  }

  /** The initial checksum of a tile. */
  CRC32C tile(int tile) {
    CRC32C crc = tables();
    Format.update(crc, tile);
    return crc;
  }
}
