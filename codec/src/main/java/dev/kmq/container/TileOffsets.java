package dev.kmq.container;

import java.io.IOException;
import java.util.Arrays;

/** Finds tiles in a file by the lengths of those before them, and remembers where they begin. */
final class TileOffsets {
  private final ByteInput input;
  private final TileDecoder decoder;

  /** Offsets of the tiles from 0 to {@link #located}; the one behind the last is the end. */
  private long[] offsets = new long[16];

  private int located;

  /** The input stands at the first tile. */
  TileOffsets(ByteInput input, TileDecoder decoder) {
    this.input = input;
    this.decoder = decoder;
    offsets[0] = input.position();
  }

  /** Where the first tile begins. */
  long first() {
    return offsets[0];
  }

  /** Whether it is known where a tile ends, so that the next one can be had. */
  boolean knowsEnd(int tile) {
    return located > tile;
  }

  /**
   * Goes to the payload of a tile.
   *
   * @return what {@link TileDecoder#readField} gives
   * @throws IllegalStateException if the tile lies behind the position of a stream
   */
  int enter(int tile) throws IOException {
    goTo(tile);
    int field = decoder.readField(input, tile);
    if (tile == located) {
      add(input.position() + TileDecoder.payloadLength(field) + Format.CRC_BYTES);
    }
    return field;
  }

  /** Goes to where a tile begins; the number of tiles stands for the end of the image. */
  void goTo(int tile) throws IOException {
    while (located < tile) {
      int last = located;
      if (decoder.framed()) {
        input.moveTo(offsets[last], "tile " + last);
        enter(last);
      } else {
        add(offsets[last] + decoder.packedLength(last) + Format.CRC_BYTES);
      }
      if (!input.seekable()) {
        input.moveTo(offsets[located], "tile " + last);
      }
    }
    input.moveTo(offsets[tile], "tile " + tile);
  }

  /**
   * Where a tile stands. What has to be passed to know it is read from a stream, the tile included.
   */
  Extent extent(int tile) throws IOException {
    if (input.seekable() || !knowsEnd(tile)) {
      goTo(tile + 1);
    }
    return new Extent(offsets[tile], offsets[tile + 1] - offsets[tile]);
  }

  private void add(long offset) {
    if (++located == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * located);
    }
    offsets[located] = offset;
  }
}
