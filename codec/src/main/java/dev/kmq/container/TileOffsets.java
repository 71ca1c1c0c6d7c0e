package dev.kmq.container;

import java.io.IOException;
import java.util.Arrays;

/**
 * Finds tiles in a file by the lengths of those before them, and remembers where they begin; for
 * several threads, each with an input of its own.
 */
final class TileOffsets {
  private final TileDecoder decoder;

  /** Offsets of the tiles from 0 to {@link #located}; the one behind the last is the end. */
  private long[] offsets = new long[16];

  private int located;

  TileOffsets(long first, TileDecoder decoder) {
    this.decoder = decoder;
    offsets[0] = first;
  }

  /** Where the first tile begins. */
  synchronized long first() {
    return offsets[0];
  }

  /** Whether it is known where a tile ends, so that the next one can be had. */
  synchronized boolean knowsEnd(int tile) {
    return located > tile;
  }

  /**
   * Goes to the payload of a tile.
   *
   * @return what {@link TileDecoder#readField} gives
   * @throws IllegalStateException if the tile lies behind the position of a stream
   */
  int enter(ByteInput input, int tile) throws IOException {
    goTo(input, tile);
    int field = decoder.readField(input, tile);
    add(tile, input.position() + TileDecoder.payloadLength(field) + Format.CRC_BYTES);
    return field;
  }

  /** Goes to where a tile begins; the number of tiles stands for the end of the picture. */
  synchronized void goTo(ByteInput input, int tile) throws IOException {
    while (located < tile) {
      int last = located;
      if (decoder.framed()) {
        input.moveTo(offsets[last], "tile " + last);
        enter(input, last);
      } else {
        add(last, offsets[last] + decoder.packedLength(last) + Format.CRC_BYTES);
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
  synchronized Extent extent(ByteInput input, int tile) throws IOException {
    if (input.seekable() || !knowsEnd(tile)) {
      goTo(input, tile + 1);
    }
    return new Extent(offsets[tile], offsets[tile + 1] - offsets[tile]);
  }

  private synchronized void add(int tile, long end) {
    if (tile < located) {
      return;
    }
    if (++located == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * located);
    }
    offsets[located] = end;
  }
}
