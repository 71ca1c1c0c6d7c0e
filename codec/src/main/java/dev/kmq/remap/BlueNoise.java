package dev.kmq.remap;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.NearestColor;
import dev.kmq.quantize.Workers;

/**
 * Ordered dithering between two entries: the nearest one, and the first other one that is met on
 * the ray from it through the colour, looked for at doubling distances. How near the colour's
 * projection is to the second says how often it is taken, a mask of blue noise says where. A colour
 * that the palette has stays as it is.
 */
public final class BlueNoise implements IndexSource {
  private final PixelSource source;
  private final Palette palette;
  private final int[] argb;
  private final Metric metric;
  private final int threads;
  private final short[] mask = BlueNoiseMask.ranks();
  private int[] pixels = {};

  /** Maps {@code source} to the entries of a palette on at most {@code threads} threads. */
  public BlueNoise(PixelSource source, Palette palette, Metric metric, int threads) {
    this.metric = metric;
    this.source = source;
    this.palette = palette;
    this.argb = palette.toArgb();
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
    pixels = pixels.length < n ? new int[n] : pixels;
    source.readRows(y, rows, pixels);
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    try (Workers workers = new Workers(threads)) {
      workers.run(n, (from, to) -> map(plane, y, from, to));
    }
    return plane;
  }

  private void map(IndexPlane plane, int y, int from, int to) {
    EntryCache nearest = new EntryCache(new NearestColor(palette, metric), palette.hasAlpha());
    int width = width();
    for (int i = from; i < to; i++) {
      int x = i % width;
      int row = i / width;
      plane.set(x, row, entry(nearest, pixels[i], BlueNoiseMask.at(mask, x, y + row)));
    }
  }

  private int entry(EntryCache nearest, int pixel, int rank) {
    if (pixel >>> 24 == 0 && palette.hasAlpha()) {
      return nearest.index(0);
    }
    int first = nearest.index(pixel);
    int near = argb[first];
    int red = (pixel >>> 16 & 0xFF) - (near >>> 16 & 0xFF);
    int green = (pixel >>> 8 & 0xFF) - (near >>> 8 & 0xFF);
    int blue = (pixel & 0xFF) - (near & 0xFF);
    if ((red | green | blue) == 0) {
      return first;
    }
    int second = first;
    for (int reach = 2; second == first && reach <= 256; reach *= 2) {
      int ahead =
          pixel & 0xFF000000
              | beyond(pixel >>> 16 & 0xFF, reach * red) << 16
              | beyond(pixel >>> 8 & 0xFF, reach * green) << 8
              | beyond(pixel & 0xFF, reach * blue);
      second = nearest.index(ahead);
    }
    int far = argb[second];
    int toRed = (far >>> 16 & 0xFF) - (near >>> 16 & 0xFF);
    int toGreen = (far >>> 8 & 0xFF) - (near >>> 8 & 0xFF);
    int toBlue = (far & 0xFF) - (near & 0xFF);
    int along = red * toRed + green * toGreen + blue * toBlue;
    int length = toRed * toRed + toGreen * toGreen + toBlue * toBlue;
    // along / length of the pixels of this colour get the second entry.
    return (long) along * BlueNoiseMask.AREA * 2 > (2L * rank + 1) * length ? second : first;
  }

  private static int beyond(int channel, int way) {
    return Math.max(0, Math.min(255, channel + way));
  }
}
