package dev.kmq.remap;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorMap;
import dev.kmq.quantize.EntryTable;

/**
 * An image mapped to a palette: each pixel gets its nearest entry, the first of equally near ones.
 * Rows are mapped on request, so the image need not fit into memory.
 */
public final class Remapper extends MappedSource {
  private final EntryTable table;

  /**
   * Maps {@code source}.
   *
   * @param map of a histogram that has all colours of the image
   */
  public Remapper(PixelSource source, ColorMap map, Work work) {
    super(source, map.palette(), work);
    this.table = new EntryTable(map);
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    int n = Math.multiplyExact(rows, width());
    if (pixels.length < n) {
      pixels = new int[n];
    }
    source.readRows(y, rows, pixels);
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    if (plane.wide()) {
      work.loop(n, (from, to) -> table.map(pixels, from, to, plane.shorts()));
    } else {
      work.loop(n, (from, to) -> table.map(pixels, from, to, plane.bytes()));
    }
    return plane;
  }
}
