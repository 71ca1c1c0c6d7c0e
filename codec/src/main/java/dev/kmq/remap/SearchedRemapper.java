package dev.kmq.remap;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.NearestColor;

/**
 * As {@link Remapper}, for an image with more colours than its histogram has: the nearest entry of
 * an opaque colour is searched when it first occurs. It takes 32 MB.
 */
final class SearchedRemapper extends MappedSource {
  private final NearestColor nearest;

  /**
   * Entry of each opaque colour, plus 1; 0 where none is known, and for the last of 65536 entries.
   * Threads may find the same entry twice.
   */
  private final short[] known = new short[1 << 24];

  SearchedRemapper(PixelSource source, Palette palette, Metric metric, Work work) {
    super(source, palette, work);
    this.nearest = new NearestColor(palette, metric);
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    int n = Math.multiplyExact(rows, width());
    if (pixels.length < n) {
      pixels = new int[n];
    }
    source.readRows(y, rows, pixels);
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    work.loop(
        n,
        (from, to) -> {
          NearestColor mine = new NearestColor(nearest);
          EntryCache translucent = new EntryCache(mine, true);
          work.runs(from, to, (start, end) -> map(start, end, plane, mine, translucent));
        });
    return plane;
  }

  private void map(int from, int to, IndexPlane plane, NearestColor mine, EntryCache translucent) {
    boolean wide = plane.wide();
    for (int i = from; i < to; i++) {
      int color = pixels[i];
      int entry;
      if (color >>> 24 != 0xFF) {
        entry = translucent.index(color >>> 24 == 0 ? 0 : color);
      } else {
        entry = (known[color & 0xFFFFFF] & 0xFFFF) - 1;
        if (entry < 0) {
          entry = mine.index(color);
          known[color & 0xFFFFFF] = (short) (entry + 1);
        }
      }
      if (wide) {
        plane.shorts()[i] = (short) entry;
      } else {
        plane.bytes()[i] = (byte) entry;
      }
    }
  }
}
