package dev.kmq.remap;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;

/** The size, palette and work of an image whose rows are mapped on request. */
abstract sealed class MappedSource implements IndexSource
    permits FloydSteinberg, OrderedDither, Remapper, SearchedRemapper, SpatialDither {
  final PixelSource source;
  final Palette palette;
  final Work work;
  int[] pixels = {};

  MappedSource(PixelSource source, Palette palette, Work work) {
    this.source = source;
    this.palette = palette;
    this.work = work;
  }

  @Override
  public final int width() {
    return source.width();
  }

  @Override
  public final int height() {
    return source.height();
  }

  @Override
  public final Palette palette() {
    return palette;
  }
}
