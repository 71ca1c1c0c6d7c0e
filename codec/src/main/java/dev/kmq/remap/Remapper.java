package dev.kmq.remap;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.NearestColor;
import dev.kmq.quantize.Workers;

/**
 * A picture seen through a palette: each pixel is its nearest entry, of equally near ones the
 * first. Rows are mapped when asked for, so the picture need not fit into memory.
 */
public final class Remapper implements IndexSource {
  private static final int CACHE_BITS = 14;

  private final PixelSource source;
  private final Palette palette;
  private final NearestColor nearest;
  private final int threads;
  private int[] pixels = {};

  /** Maps {@code source} to {@code palette} on at most {@code threads} threads. */
  public Remapper(PixelSource source, Palette palette, int threads) {
    this.source = source;
    this.palette = palette;
    this.nearest = new NearestColor(palette);
    this.threads = threads;
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public int height() {
    return source.height();
  }

  @Override
  public Palette palette() {
    return palette;
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    int n = Math.multiplyExact(rows, width());
    if (pixels.length < n) {
      pixels = new int[n];
    }
    source.readRows(y, rows, pixels);
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    try (Workers workers = new Workers(threads)) {
      workers.run(n, (from, to) -> map(plane, from, to));
    }
    return plane;
  }

  /** Neighbouring pixels repeat colours, so a small table of colours seen saves most searches. */
  private void map(IndexPlane plane, int from, int to) {
    int[] colors = new int[1 << CACHE_BITS];
    int[] entries = new int[1 << CACHE_BITS];
    byte[] bytes = plane.bytes();
    short[] shorts = plane.shorts();
    for (int i = from; i < to; i++) {
      int color = pixels[i] >>> 24 == 0 && palette.hasAlpha() ? 0 : pixels[i];
      int slot = (color * 0x9E3779B1) >>> (32 - CACHE_BITS);
      if (entries[slot] == 0 || colors[slot] != color) {
        colors[slot] = color;
        entries[slot] = nearest.index(color) + 1;
      }
      if (plane.wide()) {
        shorts[i] = (short) (entries[slot] - 1);
      } else {
        bytes[i] = (byte) (entries[slot] - 1);
      }
    }
  }
}
