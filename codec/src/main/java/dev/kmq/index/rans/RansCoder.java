package dev.kmq.index.rans;

import dev.kmq.bytes.Streams;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Method 2 for the tiles of one image, with their shared tables: from a {@link RansTableBuilder}
 * when encoding, from the file when decoding. Safe for use by several threads.
 */
final class RansCoder implements IndexMethod {
  private final RansTables tables;
  private final byte[] bytes;
  private @Nullable ColorRanks ranks;
  private @Nullable DecodeTable slots;

  /** For an encoder. */
  RansCoder(RansTables tables, ColorRanks ranks) {
    this(tables, tables.toBytes(), ranks);
  }

  private RansCoder(RansTables tables, byte[] bytes, @Nullable ColorRanks ranks) {
    this.tables = tables;
    this.bytes = bytes;
    this.ranks = ranks;
  }

  /**
   * The coder with the tables of a file.
   *
   * @param palette 2 to 65536 colours
   * @throws PayloadException if the tables break a rule
   */
  static RansCoder read(byte[] tables, Palette palette) throws PayloadException {
    return new RansCoder(RansTables.read(tables, Tokens.alphabet(palette)), tables.clone(), null);
  }

  @Override
  public byte[] tables() {
    return bytes.clone();
  }

  @Override
  public void encode(IndexPlane tile, Palette palette, OutputStream payload) throws IOException {
    long pixels = (long) tile.width() * tile.height();
    long packed = (pixels * palette.bitsPerIndex() + 7) / 8;
    payload.write(new TileEncoder(tables).encode(ranks(palette), tile, packed));
  }

  @Override
  public void decode(InputStream payload, Palette palette, IndexPlane tile) throws IOException {
    new TileDecoder(ranks(palette), slots(), Streams.readAll(payload)).decode(tile);
  }

  @Override
  public long workingBytes(int width, int height) {
    return TileDecoder.bytes(width)
        + (tables.remembers(width, height) ? Memory.bytes(width, height) : 0);
  }

  @Override
  public List<String> parts() {
    return TileBitBreakdown.PARTS;
  }

  @Override
  public void measure(byte[] payload, Palette palette, IndexPlane tile, double[] bits)
      throws IOException {
    new TileDecoder(ranks(palette), slots(), payload).decode(tile);
    double[] spent = new TileBitBreakdown(tables).of(ranks(palette), tile);
    spent[TileBitBreakdown.STATES] = 8.0 * payload.length - Arrays.stream(spent).sum();
    for (int part = 0; part < spent.length; part++) {
      bits[part] += spent[part];
    }
  }

  @Override
  public void measureTables(double[] bits) throws IOException {
    int clusters = RansTables.clusterBits(bytes, tables.alphabet());
    bits[TileBitBreakdown.CLUSTERS] += clusters;
    bits[TileBitBreakdown.FREQUENCIES] += 8L * bytes.length - clusters;
  }

  /** Built for the first tile, so that reading only a header does not pay for it. */
  private synchronized ColorRanks ranks(Palette palette) {
    if (ranks == null) {
      ranks = new ColorRanks(palette);
    }
    return ranks;
  }

  private synchronized DecodeTable slots() {
    if (slots == null) {
      slots = new DecodeTable(tables);
    }
    return slots;
  }
}
