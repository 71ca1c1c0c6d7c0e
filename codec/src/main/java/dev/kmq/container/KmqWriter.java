package dev.kmq.container;

import dev.kmq.bytes.Crc32c;
import dev.kmq.concurrent.Work;
import dev.kmq.container.TileBands.Tiles;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.SharedTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.Checksum;

/**
 * Writes a {@code .kmq} file in one pass without seeking. The same image, header and chunks give
 * the same bytes for any number of threads.
 */
public final class KmqWriter {
  /** Share of the time for a first pass over the tiles. */
  private static final double TABLES_SHARE = 0.4;

  private final OutputStream out;
  private final Header header;
  private final List<Chunk> chunks;
  private final byte[] head;
  private final Seed seed;
  private final Work work;

  /**
   * Prepares to write an image.
   *
   * @param out is not closed
   * @param header {@code hasChunks} is true exactly if there are chunks
   * @param chunks metadata, written in this order
   * @param work encodes tiles; progress is reported after each band of tiles, cancellation checked
   *     before
   * @throws IllegalArgumentException if header and chunks contradict each other, a tile is too
   *     large for the format, or there are more than 2^31-1 tiles
   */
  public KmqWriter(OutputStream out, Header header, List<Chunk> chunks, Work work) {
    this.out = Objects.requireNonNull(out, "out");
    this.header = Objects.requireNonNull(header, "header");
    this.chunks = List.copyOf(chunks);
    this.work = Objects.requireNonNull(work, "work");
    if (header.hasChunks() != !chunks.isEmpty()) {
      throw new IllegalArgumentException("hasChunks does not match the chunks");
    }
    checkChunks();
    this.head = header.bytes();
    this.seed = Seed.of(head, header.colorSpace(), this.chunks);
    Tiling tiling = header.tiling();
    long tilePixels = (long) tiling.tileWidth() * tiling.tileHeight();
    if (Format.packedBytes(tilePixels, header.bitsPerIndex()) > Format.MAX_TILE_BYTES) {
      throw new IllegalArgumentException(
          "a tile of " + tilePixels + " pixels is too large; choose a smaller tile size");
    }
    if (tiling.count() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          tiling.count() + " tiles are too many; choose a larger tile size");
    }
  }

  private void checkChunks() {
    Set<String> once = new HashSet<>();
    Set<String> paletteNames = new HashSet<>();
    for (Chunk chunk : chunks) {
      if (chunk.type().equals(Chunk.PALETTE)) {
        checkPalette(chunk, paletteNames);
      }
      if (!Chunk.isRepeatable(chunk.type())
          && Chunk.isKnown(chunk.type())
          && !once.add(chunk.type())) {
        throw new IllegalArgumentException("chunk " + chunk.type() + " occurs twice");
      }
      if (Chunk.isCritical(chunk.type())) {
        throw new IllegalArgumentException(
            "chunk " + chunk.type() + " is critical and refused by readers of version 1");
      }
    }
    if (header.colorSpace() == ColorSpace.ICC && !once.contains(Chunk.ICCP)) {
      throw new IllegalArgumentException("colour space ICC requires an iCCP chunk");
    }
  }

  private void checkPalette(Chunk chunk, Set<String> names) {
    String name = chunk.paletteName();
    if (!names.add(name)) {
      throw new IllegalArgumentException("two palettes have the name '" + name + "'");
    }
    int size = PaletteChunk.colors(chunk.dataInPlace());
    if (size != header.colors()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "palette '%s' has %d colours, the image has %d",
              name,
              size,
              header.colors()));
    }
  }

  /**
   * Writes the whole file.
   *
   * @param source the indices; size and palette must be those of the header
   * @throws IllegalArgumentException if an index is not below K, or size or palette of the source
   *     are not those of the header
   * @throws java.util.concurrent.CancellationException if the work is cancelled or the thread is
   *     interrupted; the file is incomplete then
   * @throws IOException if writing fails
   */
  public void write(IndexSource source) throws IOException {
    if (source.width() != header.width()
        || source.height() != header.height()
        || !source.palette().equals(header.palette())) {
      throw new IllegalArgumentException(
          "size or palette of the source are not those of the header");
    }
    if (header.shortFrame()) {
      writeShort(source);
      work.report(1);
      return;
    }
    writeHeader();
    for (Chunk chunk : chunks) {
      writeChunk(chunk.type(), chunk.dataInPlace());
    }
    if (header.hasChunks()) {
      writeChunk(Chunk.END, new byte[0]);
    }
    boolean parallel = framed() && header.colors() > 1 && header.tiling().count() > 1;
    TileBands bands = new TileBands(header, source, parallel ? work.threads() : 1);
    IndexMethod coder = coder(bands);
    Work rest = header.hasTables() ? work.part(TABLES_SHARE, 1) : work;
    bands.forEach((first, tiles) -> write(first, tiles, coder, bands, rest));
    work.report(1);
  }

  /** Writes a short file, which has a single checksum. */
  private void writeShort(IndexSource source) throws IOException {
    Checksum crc = Crc32c.create();
    OutputStream summed = new SummingOutput(out, crc);
    summed.write(head);
    TileBands bands = new TileBands(header, source, 1);
    IndexMethod coder = header.hasTables() ? withTables(bands) : header.coder();
    byte[] tables = coder.tables();
    bands.forEach((first, tiles) -> writeShort(tiles.get(0), coder, tables, summed));
    writeCrc(crc);
  }

  private void writeShort(IndexPlane plane, IndexMethod coder, byte[] tables, OutputStream summed)
      throws IOException {
    byte[] payload = encode(plane, coder);
    long pixels = (long) plane.width() * plane.height();
    long packed = Format.packedBytes(pixels, header.bitsPerIndex());
    boolean pack = tables.length + payload.length >= packed;
    if (header.hasTables()) {
      summed.write(number(pack ? 0 : tables.length, Format.SHORT_TABLES_LENGTH_BYTES));
      summed.write(pack ? new byte[0] : tables);
    }
    summed.write(number(pack ? 0 : payload.length, Format.lengthBytes(packed)));
    if (!pack) {
      summed.write(payload);
    } else if (header.colors() > 1) {
      Method.PACKED.coder().encode(plane, header.palette(), summed);
    }
  }

  private static byte[] number(int value, int bytes) {
    return bytes == 1 ? new byte[] {(byte) value} : new byte[] {(byte) (value >>> 8), (byte) value};
  }

  private IndexMethod withTables(TileBands bands) throws IOException {
    SharedTables tables = header.coder().sharedTables().get();
    return new TableBuildingPass(header, tables, work.part(0, TABLES_SHARE)).of(bands);
  }

  /** The coder for the tiles; makes and writes the tables if tiles share any. */
  private IndexMethod coder(TileBands bands) throws IOException {
    if (!header.hasTables()) {
      return header.coder();
    }
    IndexMethod coder = withTables(bands);
    byte[] tables = coder.tables();
    byte[] field = new byte[Format.LENGTH_BYTES];
    Format.putInt(field, 0, tables.length);
    Checksum crc = seed.tables();
    Format.update(crc, field);
    Format.update(crc, tables);
    out.write(field);
    out.write(tables);
    writeCrc(crc);
    return coder;
  }

  private boolean framed() {
    return header.method() != Method.PACKED;
  }

  private void writeHeader() throws IOException {
    Checksum crc = Crc32c.create();
    Format.update(crc, head);
    out.write(head);
    writeCrc(crc);
  }

  private void writeChunk(String type, byte[] data) throws IOException {
    byte[] head = new byte[8];
    System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, head, 0, 4);
    Format.putInt(head, 4, data.length);
    Checksum crc = Crc32c.create();
    Format.update(crc, head);
    Format.update(crc, data);
    out.write(head);
    out.write(data);
    writeCrc(crc);
  }

  private void writeCrc(Checksum crc) throws IOException {
    byte[] bytes = new byte[Format.CRC_BYTES];
    Format.putInt(bytes, 0, (int) crc.getValue());
    out.write(bytes);
  }

  private void write(int first, Tiles tiles, IndexMethod coder, TileBands bands, Work progress)
      throws IOException {
    int count = tiles.count();
    if (framed()) {
      IndexPlane[] planes = new IndexPlane[count];
      byte[][] payloads = new byte[count][];
      work.<IOException>forEach(
          count,
          i -> {
            planes[i] = tiles.get(i);
            payloads[i] = encode(planes[i], coder);
          });
      for (int i = 0; i < count; i++) {
        writeFramed(first + i, planes[i], payloads[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        Checksum crc = seed.tile(first + i);
        writePacked(tiles.get(i), crc);
        writeCrc(crc);
      }
    }
    progress.report(bands.done(first + count - 1));
  }

  /** The payload by the header's method; empty for K = 1. */
  private byte[] encode(IndexPlane plane, IndexMethod coder) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    if (header.colors() > 1) {
      coder.encode(plane, header.palette(), payload);
    }
    return payload.toByteArray();
  }

  private void writeFramed(int tile, IndexPlane plane, byte[] payload) throws IOException {
    long pixels = (long) plane.width() * plane.height();
    long packed = Format.packedBytes(pixels, header.bitsPerIndex());
    boolean pack = payload.length >= packed;
    byte[] field = new byte[4];
    Format.putInt(field, 0, pack ? (int) packed | Format.LENGTH_PACKED : payload.length);
    Checksum crc = seed.tile(tile);
    Format.update(crc, field);
    out.write(field);
    if (pack) {
      writePacked(plane, crc);
    } else {
      Format.update(crc, payload);
      out.write(payload);
    }
    writeCrc(crc);
  }

  private void writePacked(IndexPlane plane, Checksum crc) throws IOException {
    if (header.colors() > 1) {
      Method.PACKED.coder().encode(plane, header.palette(), new SummingOutput(out, crc));
    }
  }

  /** Forwards blocks and updates a checksum. */
  private static final class SummingOutput extends OutputStream {
    private final OutputStream out;
    private final Checksum crc;

    SummingOutput(OutputStream out, Checksum crc) {
      this.out = out;
      this.crc = crc;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      crc.update(bytes, offset, length);
      out.write(bytes, offset, length);
    }
  }
}
