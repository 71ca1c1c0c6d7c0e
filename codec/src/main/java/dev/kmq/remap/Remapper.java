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
  /** Pixels that are read at a time, so that tall bands do not take several times their memory. */
  private static final int BAND_PIXELS = 1 << 20;

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
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    int band = Math.max(1, Math.min(rows, BAND_PIXELS / width()));
    if (pixels.length < band * width()) {
      pixels = new int[band * width()];
    }
    for (int done = 0; done < rows; done += band) {
      int n = Math.min(band, rows - done);
      source.readRows(y + done, n, pixels);
      map(n * width(), plane, plane.at(0, done));
    }
    return plane;
  }

  private void map(int n, IndexPlane plane, int at) {
    if (plane.wide()) {
      work.loop(n, (from, to) -> table.map(pixels, from, to, plane.shorts(), at));
    } else {
      work.loop(n, (from, to) -> table.map(pixels, from, to, plane.bytes(), at));
    }
  }
}
