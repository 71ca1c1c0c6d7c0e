package dev.kmq.container;

import dev.kmq.bytes.Streams;
import dev.kmq.image.IndexPlane;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import dev.kmq.index.packed.PackedMethod;
import java.io.IOException;
import java.util.zip.Checksum;

/**
 * Checks and decodes the tiles of one image (specification, section Tiles). Stateless, so
 * thread-safe.
 */
final class TileDecoder {
  private final Header header;
  private final Seed seed;
  private final IndexMethod coder;

  TileDecoder(Header header, Seed seed) {
    this(header, seed, header.coder());
  }

  /** For a method with shared tables, with which {@code coder} is made. */
  TileDecoder(Header header, Seed seed, IndexMethod coder) {
    this.header = header;
    this.seed = seed;
    this.coder = coder;
  }

  /** Whether the tiles begin with a length: for all methods except packed. */
  boolean framed() {
    return header.method() != Method.PACKED;
  }

  /** Size of the packed form of a tile in bytes. */
  long packedLength(int tile) {
    Tiling tiling = header.tiling();
    long pixels = (long) tiling.width(tile) * tiling.height(tile);
    return Format.packedBytes(pixels, header.bitsPerIndex());
  }

  /** Memory in bytes that a thread needs for the largest tile, besides plane and payload. */
  long workingBytes() {
    Tiling tiling = header.tiling();
    return header.colors() == 1 ? 0 : coder.workingBytes(tiling.tileWidth(), tiling.tileHeight());
  }

  /** Size of the field with the length of a tile, in bytes. */
  private int fieldBytes(int tile) {
    if (!framed()) {
      return 0;
    }
    return header.shortFrame() ? Format.lengthBytes(packedLength(tile)) : Format.LENGTH_BYTES;
  }

  /** Minimum size of a tile in the file, in bytes. */
  long leastBytes(int tile) {
    return (framed() ? fieldBytes(tile) : packedLength(tile)) + Format.CRC_BYTES;
  }

  /**
   * Reads the length field of the tile at the position of {@code from}. Method packed has none; the
   * result is then what other methods write for a packed tile.
   *
   * @throws KmqFormatException if the tile cannot have that length
   */
  int readField(ByteInput from, int tile) throws IOException {
    if (!framed()) {
      return (int) packedLength(tile) | Format.LENGTH_PACKED;
    }
    if (header.shortFrame()) {
      int length = from.readLength(fieldBytes(tile), "tile " + tile);
      return length == 0 ? (int) packedLength(tile) | Format.LENGTH_PACKED : length;
    }
    long at = from.position();
    int field = from.readInt("tile " + tile);
    int length = payloadLength(field);
    long most = packedLength(tile);
    boolean possible = field < 0 ? length == most : length > 0 && length < most;
    if (!possible) {
      throw new KmqFormatException(
          RefusalReason.TILE_LENGTH,
          (field < 0 ? "a packed tile" : "a tile") + " cannot be " + length + " bytes long",
          tile,
          at);
    }
    return field;
  }

  /** Size of the payload in bytes according to a field. */
  static int payloadLength(int field) {
    return field & ~Format.LENGTH_PACKED;
  }

  /**
   * Decodes the payload at the position of {@code from} and moves to the end of its checksum, even
   * if the tile is refused, unless the file ends first.
   *
   * @param field the result of {@link #readField}
   * @param target a plane of the tile's size; undefined after an exception
   */
  void decode(ByteInput from, int tile, int field, IndexPlane target) throws IOException {
    IndexMethod method = field < 0 ? Method.PACKED.coder() : coder;
    check(from, tile, field, payload -> decode(payload, method, target));
  }

  /** As {@link #decode}; also counts what the bits of the tile are spent on. */
  void measure(ByteInput from, int tile, int field, IndexPlane target, BitTally tally)
      throws IOException {
    tally.addFrame(fieldBytes(tile), Format.CRC_BYTES);
    boolean packed = field < 0;
    Method method = packed ? Method.PACKED : header.method();
    IndexMethod its = packed ? Method.PACKED.coder() : coder;
    check(
        from,
        tile,
        field,
        payload -> {
          if (header.colors() == 1) {
            target.clear();
          } else {
            byte[] bytes = Streams.readAll(payload);
            its.measure(bytes, header.palette(), target, tally.of(method, its));
          }
        });
  }

  /** Counts what the bits of shared tables are spent on, if there are any. */
  void measureTables(BitTally tally) throws IOException {
    if (header.hasTables()) {
      if (header.shortFrame()) {
        tally.addFrame(Format.SHORT_TABLES_LENGTH_BYTES, 0);
      } else {
        tally.addFrame(Format.LENGTH_BYTES, Format.CRC_BYTES);
      }
      if (coder.tables().length > 0) {
        tally.addTables(header.method(), coder);
      }
    }
  }

  /** As {@link #decode}, but copies the bits of a packed tile unchanged. */
  void copyBits(ByteInput from, int tile, int field, byte[] target, int offset) throws IOException {
    long pixels = (long) header.tiling().width(tile) * header.tiling().height(tile);
    check(
        from,
        tile,
        field,
        payload -> PackedMethod.copyBits(payload, header.colors(), pixels, target, offset));
  }

  /** Processes a payload. */
  private interface Decoding {
    void decode(PayloadInput payload) throws IOException;
  }

  private void check(ByteInput from, int tile, int field, Decoding decoding) throws IOException {
    String what = "tile " + tile;
    long start = from.position();
    Checksum crc = seed.tile(tile);
    if (framed()) {
      Format.update(crc, field);
    }
    PayloadInput payload = new PayloadInput(from, payloadLength(field), crc, what);
    PayloadException fault = null;
    try {
      decoding.decode(payload);
    } catch (PayloadException e) {
      fault = e;
    }
    payload.drain();
    long at = from.position();
    int stored = from.readInt(what);
    // the checksum of a short file is verified when it is opened
    if (!header.shortFrame() && stored != (int) crc.getValue()) {
      throw new KmqFormatException(
          RefusalReason.TILE_CRC, "the checksum of the tile is wrong", tile, at);
    }
    if (fault != null) {
      throw refuse(fault, tile, start);
    }
  }

  private void decode(PayloadInput payload, IndexMethod method, IndexPlane target)
      throws IOException {
    if (header.colors() == 1) {
      target.clear();
    } else {
      method.decode(payload, header.palette(), target);
    }
  }

  private static KmqFormatException refuse(PayloadException fault, int tile, long payloadAt) {
    RefusalReason reason =
        switch (fault.fault()) {
          case CORRUPT -> RefusalReason.PAYLOAD_CORRUPT;
          case SHORT -> RefusalReason.PAYLOAD_SHORT;
          case LONG -> RefusalReason.PAYLOAD_LONG;
          case TRAILING_BYTES -> RefusalReason.PAYLOAD_TRAILING_BYTES;
          case INDEX_OUT_OF_RANGE -> RefusalReason.INDEX_OUT_OF_RANGE;
          case SPARE_BITS -> RefusalReason.SPARE_BITS;
        };
    String what = String.valueOf(fault.getMessage());
    KmqFormatException refused = new KmqFormatException(reason, what, tile, payloadAt);
    refused.initCause(fault);
    return refused;
  }
}
