package dev.kmq.container;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Reads a {@code .kmq} file: header, palette and chunks when opened, tiles when asked for. From a
 * stream it reads forward only and not a byte further than the picture; from a channel tiles come
 * in any order. Not for use by several threads at once.
 */
public final class KmqReader implements Closeable {
  private final ByteInput input;
  private final Header header;
  private final List<Chunk> chunks;
  private final DecodeOptions options;
  private final IndexMethod coder;

  /** Offsets of the tiles from 0 to {@link #located}; the one behind the last is the end. */
  private long[] offsets = new long[16];

  private int located;

  private KmqReader(ByteInput input, DecodeOptions options) throws IOException {
    this.input = input;
    this.options = options;
    this.header = new HeaderReader(input, options.limits()).read();
    this.chunks =
        header.hasChunks()
            ? List.copyOf(new ChunkReader(input, options).read(header.colorSpace()))
            : List.of();
    if (!header.hasChunks() && header.colorSpace() == ColorSpace.ICC) {
      throw new KmqFormatException(
          Reason.MISSING_ICC_PROFILE,
          "colour space 1 asks for an iCCP chunk, there is none",
          input.position());
    }
    this.coder = coder();
    offsets[0] = input.position();
  }

  private IndexMethod coder() throws IOException {
    if (header.hasTables()) {
      return new TablesReader(input, header.palette()).read();
    }
    return header.method().sharesTables() ? Method.PACKED.coder() : header.method().coder();
  }

  /**
   * Opens a file that comes as a stream, at its position.
   *
   * @throws KmqFormatException if header, palette, chunks or tables are refused
   */
  public static KmqReader open(InputStream in, DecodeOptions options) throws IOException {
    return new KmqReader(new ByteInput(Objects.requireNonNull(in, "in")), options);
  }

  /**
   * Opens a file that seeks, at its position.
   *
   * @throws KmqFormatException if header, palette, chunks or tables are refused
   */
  public static KmqReader open(SeekableByteChannel channel, DecodeOptions options)
      throws IOException {
    return new KmqReader(new ByteInput(Objects.requireNonNull(channel, "channel")), options);
  }

  /** What the header says, palette included. */
  public Header header() {
    return header;
  }

  /** The chunks of known types in the order of the file, and the unknown ones if asked for. */
  public List<Chunk> chunks() {
    return chunks;
  }

  /** Bytes read or passed so far, from the beginning of the file. */
  public long position() {
    return input.position();
  }

  /**
   * Decodes one tile, counted row by row from 0.
   *
   * @param target a plane of exactly the tile's size; undefined after an exception
   * @throws KmqFormatException if the tile is refused
   * @throws IllegalStateException if the tile lies behind the position of a stream
   */
  public void readTile(int tile, IndexPlane target) throws IOException {
    Tiling tiling = header.tiling();
    Objects.checkIndex((long) tile, tiling.count());
    if (target.width() != tiling.width(tile) || target.height() != tiling.height(tile)) {
      throw new IllegalArgumentException(
          "tile %d is %dx%d, the target %dx%d"
              .formatted(
                  tile, tiling.width(tile), tiling.height(tile), target.width(), target.height()));
    }
    if (target.wide() != IndexPlane.isWide(header.colors())) {
      throw new IllegalArgumentException("the target's indices have the wrong width");
    }
    locate(tile);
    input.moveTo(offsets[tile], "tile " + tile);
    decodeTile(input, tile, target);
    setOffset(tile + 1, input.position());
  }

  /**
   * Decodes a region; of the tiles it does not touch no payload is read.
   *
   * @param target a plane of the region's size
   */
  public void readRegion(int x, int y, IndexPlane target) throws IOException {
    Tiling tiling = header.tiling();
    int right = x + target.width();
    int bottom = y + target.height();
    if (x < 0
        || y < 0
        || right < 0
        || bottom < 0
        || right > header.width()
        || bottom > header.height()) {
      throw new IllegalArgumentException(
          "region %dx%d at (%d, %d) leaves the picture of %dx%d"
              .formatted(target.width(), target.height(), x, y, header.width(), header.height()));
    }
    for (int row = y / tiling.tileHeight(); row <= (bottom - 1) / tiling.tileHeight(); row++) {
      for (int col = x / tiling.tileWidth(); col <= (right - 1) / tiling.tileWidth(); col++) {
        readPart(row * tiling.columns() + col, x, y, target);
      }
    }
  }

  private void readPart(int tile, int x, int y, IndexPlane target) throws IOException {
    Tiling tiling = header.tiling();
    int tileX = tiling.x(tile);
    int tileY = tiling.y(tile);
    int left = Math.max(x, tileX);
    int top = Math.max(y, tileY);
    int w = Math.min(x + target.width(), tileX + tiling.width(tile)) - left;
    int h = Math.min(y + target.height(), tileY + tiling.height(tile)) - top;
    IndexPlane part = target.window(left - x, top - y, w, h);
    if (w == tiling.width(tile) && h == tiling.height(tile)) {
      readTile(tile, part);
    } else {
      IndexPlane whole =
          IndexPlane.allocate(tiling.width(tile), tiling.height(tile), header.colors());
      readTile(tile, whole);
      part.copyFrom(whole.window(left - tileX, top - tileY, w, h));
    }
  }

  /** Decodes the whole picture, the tiles of a row at a time on several threads. */
  public IndexedImage readImage() throws IOException {
    IndexPlane plane = IndexPlane.allocate(header.width(), header.height(), header.colors());
    if (options.threads() > 1 && header.tiling().count() > 1) {
      try (TileDecoders decoders = new TileDecoders(this, options.threads())) {
        decoders.decode(plane);
      }
    } else {
      readRegion(0, 0, plane);
    }
    return new IndexedImage(header.palette(), plane);
  }

  /**
   * Decodes what can be had of a damaged picture: all tiles that hold, up to where the file breaks
   * off.
   */
  public Salvaged salvage() throws IOException {
    Tiling tiling = header.tiling();
    IndexPlane plane = IndexPlane.allocate(header.width(), header.height(), header.colors());
    BitSet intact = new BitSet();
    KmqFormatException first = null;
    for (int tile = 0; tile < tiling.count(); tile++) {
      int w = tiling.width(tile);
      int h = tiling.height(tile);
      IndexPlane part = IndexPlane.allocate(w, h, header.colors());
      try {
        readTile(tile, part);
        plane.window(tiling.x(tile), tiling.y(tile), w, h).copyFrom(part);
        intact.set(tile);
      } catch (KmqFormatException e) {
        first = first == null ? e : first;
        if (e.reason() == Reason.TRUNCATED || e.reason() == Reason.TILE_LENGTH) {
          break;
        }
        setOffset(tile + 1, input.position());
      }
    }
    return new Salvaged(new IndexedImage(header.palette(), plane), intact, first);
  }

  /**
   * Refuses bytes behind the picture, where what was opened should be one whole file. Call after
   * the last tile.
   *
   * @throws KmqFormatException with {@link Reason#TRAILING_BYTES}
   */
  public void expectEnd() throws IOException {
    long end = input.position();
    if (!input.atEnd()) {
      throw new KmqFormatException(
          Reason.TRAILING_BYTES, "bytes follow the end of the picture", end);
    }
  }

  /** Finds the offset of a tile by the lengths of those before it. */
  private void locate(int tile) throws IOException {
    while (located < tile) {
      String what = "tile " + located;
      long end;
      if (header.method() == Method.PACKED) {
        end = offsets[located] + packedLength(located) + Format.CRC_BYTES;
      } else {
        input.moveTo(offsets[located], what);
        long length = length(located, input.readInt(what), offsets[located]);
        end = offsets[located] + 4 + length + Format.CRC_BYTES;
      }
      if (!input.seekable()) {
        input.moveTo(end, what);
      }
      setOffset(located + 1, end);
    }
  }

  /** Reads the bytes of the next tile, checksum and all, without decoding them. */
  byte[] readRaw(int tile) throws IOException {
    locate(tile);
    String what = "tile " + tile;
    input.moveTo(offsets[tile], what);
    byte[] field = {};
    long length = packedLength(tile);
    if (header.method() != Method.PACKED) {
      field = new byte[4];
      input.readFully(field, 0, 4, what);
      length = length(tile, Format.getInt(field, 0), offsets[tile]);
    }
    if (length > Integer.MAX_VALUE - 16) {
      throw new KmqFormatException(Reason.TILE_LENGTH, "the tile is too long", tile, offsets[tile]);
    }
    byte[] rest = input.readData((int) length + Format.CRC_BYTES, what);
    setOffset(tile + 1, input.position());
    byte[] raw = Arrays.copyOf(field, field.length + rest.length);
    System.arraycopy(rest, 0, raw, field.length, rest.length);
    return raw;
  }

  long offset(int tile) {
    return offsets[tile];
  }

  private void setOffset(int tile, long offset) {
    if (tile == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * tile);
    }
    offsets[tile] = offset;
    located = Math.max(located, tile);
  }

  /**
   * Decodes the tile that {@code from} stands at; of this reader it uses only what never changes.
   */
  void decodeTile(ByteInput from, int tile, IndexPlane target) throws IOException {
    long start = from.position();
    String what = "tile " + tile;
    CRC32C crc = new CRC32C();
    boolean packed = true;
    long length = packedLength(tile);
    if (header.method() != Method.PACKED) {
      int field = from.readInt(crc, what);
      packed = field < 0;
      length = length(tile, field, from.position() - 4);
    }
    PayloadInput payload = new PayloadInput(from, length, crc, what);
    decodePayload(from, tile, payload, crc, packed, start, target);
  }

  /** Judges checksum before payload, as the specification's order asks. */
  private void decodePayload(
      ByteInput from,
      int tile,
      PayloadInput payload,
      CRC32C crc,
      boolean packed,
      long start,
      IndexPlane target)
      throws IOException {
    PayloadException fault = null;
    try {
      if (header.colors() == 1) {
        clear(target);
      } else {
        (packed ? Method.PACKED.coder() : coder).decode(payload, header.palette(), target);
      }
    } catch (PayloadException e) {
      fault = e;
    }
    payload.drain();
    long at = from.position();
    if (from.readInt("tile " + tile) != (int) crc.getValue()) {
      throw new KmqFormatException(Reason.TILE_CRC, "the checksum of the tile is wrong", tile, at);
    }
    if (fault != null) {
      throw refuse(fault, tile, start);
    }
  }

  private static KmqFormatException refuse(PayloadException fault, int tile, long start) {
    Reason reason =
        switch (fault.fault()) {
          case CORRUPT -> Reason.PAYLOAD_CORRUPT;
          case SHORT -> Reason.PAYLOAD_SHORT;
          case LONG -> Reason.PAYLOAD_LONG;
          case TRAILING_BYTES -> Reason.PAYLOAD_TRAILING_BYTES;
          case INDEX_OUT_OF_RANGE -> Reason.INDEX_OUT_OF_RANGE;
          case SPARE_BITS -> Reason.SPARE_BITS;
        };
    KmqFormatException refused = new KmqFormatException(reason, fault.what(), tile, start);
    refused.initCause(fault);
    return refused;
  }

  private static void clear(IndexPlane target) {
    for (int y = 0; y < target.height(); y++) {
      int at = target.at(0, y);
      if (target.wide()) {
        Arrays.fill(target.shorts(), at, at + target.width(), (short) 0);
      } else {
        Arrays.fill(target.bytes(), at, at + target.width(), (byte) 0);
      }
    }
  }

  private long packedLength(int tile) {
    Tiling tiling = header.tiling();
    long pixels = (long) tiling.width(tile) * tiling.height(tile);
    return Format.packedBytes(pixels, header.bitsPerIndex());
  }

  /** What a length field says, refused where it cannot be. */
  private long length(int tile, int field, long at) throws KmqFormatException {
    int length = field & ~Format.LENGTH_PACKED;
    boolean packed = field < 0;
    boolean possible = packed ? length == packedLength(tile) : length > 0 && header.colors() > 1;
    if (!possible) {
      throw new KmqFormatException(
          Reason.TILE_LENGTH,
          (packed ? "a packed tile" : "a tile") + " cannot be " + length + " bytes long",
          tile,
          at);
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
