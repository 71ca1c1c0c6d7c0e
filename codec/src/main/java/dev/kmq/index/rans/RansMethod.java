package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import dev.kmq.index.SharedTables;
import dev.kmq.index.TableBuilder;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Method 2: static rANS in contexts, with tables that the tiles share (specification, 8.4). Tiles
 * are coded by a {@link RansCoder}, which has the tables.
 */
public final class RansMethod implements IndexMethod, SharedTables {
  @Override
  public Optional<SharedTables> sharedTables() {
    return Optional.of(this);
  }

  @Override
  public TableBuilder builder(Palette palette) {
    return new RansTableBuilder(palette);
  }

  @Override
  public IndexMethod read(byte[] tables, Palette palette) throws PayloadException {
    return RansCoder.read(tables, palette);
  }

  @Override
  public void encode(IndexPlane tile, Palette palette, OutputStream payload) {
    throw withoutTables();
  }

  @Override
  public void decode(InputStream payload, Palette palette, IndexPlane tile) {
    throw withoutTables();
  }

  @Override
  public List<String> parts() {
    return TileBitBreakdown.PARTS;
  }

  @Override
  public void measure(byte[] payload, Palette palette, IndexPlane tile, double[] bits) {
    throw withoutTables();
  }

  private static IllegalStateException withoutTables() {
    return new IllegalStateException("tiles of method rans are coded with their tables");
  }
}
