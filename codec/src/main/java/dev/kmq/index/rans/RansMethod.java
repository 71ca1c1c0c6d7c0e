package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Method 2 for the tiles of one picture, with the tables that they share: from a {@link RansSurvey}
 * when encoding, from the file when decoding. Several threads may use it at once.
 */
public final class RansMethod implements IndexMethod {
  private final RansTables tables;
  private @Nullable ColorRanks ranks;
  private @Nullable Slots slots;

  RansMethod(RansTables tables, @Nullable ColorRanks ranks) {
    this.tables = tables;
    this.ranks = ranks;
  }

  /**
   * The method with the tables that stand in a file.
   *
   * @param palette 2 to 65536 colours
   * @throws PayloadException if the tables break a rule
   */
  public static RansMethod read(byte[] tables, Palette palette) throws PayloadException {
    return new RansMethod(RansTables.read(tables, Tokens.alphabet(palette)), null);
  }

  /** The tables as they stand in a file. */
  public byte[] tables() {
    return tables.toBytes();
  }

  @Override
  public void encode(IndexPlane tile, Palette palette, OutputStream payload) throws IOException {
    long pixels = (long) tile.width() * tile.height();
    long packed = (pixels * palette.bitsPerIndex() + 7) / 8;
    payload.write(new TileEncoder(tables).encode(ranks(palette), tile, packed));
  }

  @Override
  public void decode(InputStream payload, Palette palette, IndexPlane tile) throws IOException {
    new TileDecoder(ranks(palette), slots(), payload.readAllBytes()).decode(tile);
  }

  /** Made when the first tile asks, so that a look at the header does not pay for it. */
  private synchronized ColorRanks ranks(Palette palette) {
    if (ranks == null) {
      ranks = new ColorRanks(palette);
    }
    return ranks;
  }

  private synchronized Slots slots() {
    if (slots == null) {
      slots = new Slots(tables);
    }
    return slots;
  }
}
