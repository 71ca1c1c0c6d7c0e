package dev.kmq.remap;

import dev.kmq.concurrent.Work;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorMap;

/** The way from pixels to indices for each {@link Dither}. */
public final class Dithering {
  private static final int FITS = 1;
  private static final int FITS_OF_BEST = 4;

  private Dithering() {}

  /**
   * Maps an image. Its rows are mapped on request; those of error diffusion and of spatial
   * dithering must be asked for in their order. An image whose colours are all entries is not
   * dithered.
   *
   * @param map of a histogram of the image
   * @param fixed number of first entries whose colours do not change; if all, the palette is given
   */
  public static IndexSource of(
      PixelSource pixels,
      ColorMap map,
      int fixed,
      Dither dither,
      Effort effort,
      Metric metric,
      Work work) {
    Palette palette = map.palette();
    boolean given = fixed == palette.size();
    int fits = effort == Effort.BEST ? FITS_OF_BEST : FITS;
    return switch (map.isExact() ? Dither.NONE : dither) {
      case NONE ->
          map.histogram().isJoined()
              ? new SearchedRemapper(pixels, palette, metric, work)
              : new Remapper(pixels, map, work);
      case SPATIAL -> SpatialDither.of(pixels, palette, fixed, metric, work);
      case FLOYD_STEINBERG -> FloydSteinberg.fitted(pixels, palette, fixed, fits, metric, work);
      case BLUE_NOISE -> OrderedDither.blueNoise(pixels, palette, given, metric, work);
      case BAYER -> OrderedDither.bayer(pixels, palette, metric, work);
    };
  }
}
