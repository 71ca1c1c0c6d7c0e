package dev.kmq.container;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;

/**
 * Finds tiles in a file by the lengths of those before them, and caches their offsets. Thread-safe
 * if each thread has its own input.
 */
final class TileOffsets {
  private final TileDecoder decoder;

  /** Offsets of the tiles from 0 to {@link #located}; the one after the last tile is the end. */
  private long[] offsets = new long[16];

  private int located;

  TileOffsets(long first, TileDecoder decoder) {
    this.decoder = decoder;
    offsets[0] = first;
  }

  /** Offset of the first tile. */
  synchronized long first() {
    return offsets[0];
  }

  /** Whether the end of a tile is known, so that the next one can be read. */
  synchronized boolean knowsEnd(int tile) {
    return located > tile;
  }

  /**
   * Moves to the payload of a tile.
   *
   * @return the result of {@link TileDecoder#readField}
   * @throws IllegalStateException if a stream is past the tile
   */
  int enter(ByteInput input, int tile) throws IOException {
    goTo(input, tile);
    int field = decoder.readField(input, tile);
    add(tile, input.position() + TileDecoder.payloadLength(field) + Format.CRC_BYTES);
    return field;
  }

  /** Moves to the start of a tile; the number of tiles means the end of the image. */
  synchronized void goTo(ByteInput input, int tile) throws IOException {
    checkInterrupt();
    while (located < tile) {
      checkInterrupt();
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

  private static void checkInterrupt() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  static InterruptedIOException interrupted() {
    return new InterruptedIOException("interrupted while tiles were read");
  }

  /** The position of a tile. A stream is read to the end of the tile. */
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
