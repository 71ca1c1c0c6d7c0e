package dev.kmq;

import dev.kmq.container.Header;
import dev.kmq.container.KmqWriter;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorHistogram;
import dev.kmq.quantize.ColorMap;
import dev.kmq.quantize.Quantizer;
import dev.kmq.remap.BlueNoise;
import dev.kmq.remap.FloydSteinberg;
import dev.kmq.remap.Remapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;

/** The two halves of encoding: pixels to an indexed picture, and that to bytes. */
public final class KmqEncoder {
  private final EncodeOptions options;

  /** An encoder with these options. */
  public KmqEncoder(EncodeOptions options) {
    this.options = options;
  }

  /**
   * The palette for a picture: of at most {@link EncodeOptions#colors()} colours, or the one that
   * is given. Targets play no part.
   */
  public Palette palette(PixelSource pixels) {
    return options.palette().orElseGet(() -> map(ColorHistogram.of(pixels)).palette());
  }

  private ColorMap map(ColorHistogram histogram) {
    Optional<Palette> given = options.palette();
    return given.isPresent()
        ? ColorMap.nearest(histogram, given.get(), options.threads())
        : map(histogram, options.colors());
  }

  /** The best palette of at most so many colours. */
  ColorMap map(ColorHistogram histogram, int colors) {
    return Quantizer.quantize(histogram, colors, options.effort(), options.threads());
  }

  /**
   * Quantises a picture in memory. Without dithering every pixel gets the nearest colour of the
   * palette. A picture with at most K colours comes out exactly as it is.
   *
   * @throws UnreachableTargetException if a target of the options cannot be met
   */
  public IndexedImage quantize(PixelSource pixels) {
    ColorHistogram histogram = ColorHistogram.of(pixels, options.threads());
    IndexedImage image =
        options.hasTarget()
            ? new TargetSearch(this, options, pixels, histogram).run()
            : indexed(pixels, map(histogram));
    if (options.maxError().isPresent()) {
      checkMaxError(pixels, image, options.maxError().getAsDouble());
    }
    return image;
  }

  private static void checkMaxError(PixelSource pixels, IndexedImage image, double most) {
    ColorError error = ColorError.of(pixels, image.pixels(), most);
    if (error.beyond() > 0) {
      throw new UnreachableTargetException(
          String.format(
              Locale.ROOT,
              "%d pixels are farther from their colours than %.2f, the farthest %.2f; more colours"
                  + " bring them nearer",
              error.beyond(),
              most,
              error.maxError()));
    }
  }

  /** Maps all pixels, a band at a time. */
  IndexedImage indexed(PixelSource pixels, ColorMap map) {
    IndexSource source = remapped(pixels, map);
    Palette palette = source.palette();
    IndexPlane plane = IndexPlane.allocate(pixels.width(), pixels.height(), palette.size());
    int band = Math.max(1, Math.min(pixels.height(), (1 << 20) / pixels.width()));
    for (int y = 0; y < pixels.height(); y += band) {
      int rows = Math.min(band, pixels.height() - y);
      plane.window(0, y, pixels.width(), rows).copyFrom(source.rows(y, rows));
    }
    return new IndexedImage(palette, plane);
  }

  private IndexSource remapped(PixelSource pixels, ColorMap map) {
    return switch (options.dither()) {
      case NONE -> new Remapper(pixels, map, options.threads());
      case FLOYD_STEINBERG -> new FloydSteinberg(pixels, map.palette());
      case BLUE_NOISE -> new BlueNoise(pixels, map.palette(), options.threads());
    };
  }

  /**
   * Quantises and writes a picture that may be larger than memory: the pixels are read several
   * times over, a row of tiles at a time. With targets the indices are held in memory.
   *
   * @param out is not closed
   * @throws UnreachableTargetException if a target of the options cannot be met; nothing has been
   *     written then
   */
  public void encode(PixelSource pixels, OutputStream out) throws IOException {
    boolean judged = options.hasTarget() || options.maxError().isPresent();
    write(judged ? quantize(pixels) : remapped(pixels, map(ColorHistogram.of(pixels))), out);
  }

  /**
   * Writes an indexed picture as it is, palette and indices untouched; {@link
   * EncodeOptions#colors()} plays no part.
   *
   * @param out is not closed
   */
  public void write(IndexSource image, OutputStream out) throws IOException {
    write(image, out, rows -> {});
  }

  /**
   * As {@link #write(IndexSource, OutputStream)}, telling how many rows are done.
   *
   * @param progress called after every row of tiles; may throw to stop
   */
  public void write(IndexSource image, OutputStream out, IntConsumer progress) throws IOException {
    Header header =
        new Header(
            options.method(),
            image.palette(),
            options.colorSpace(),
            options.tiling(image.width(), image.height()),
            !options.chunks().isEmpty());
    new KmqWriter(out, header, options.chunks(), options.threads()).write(image, progress);
  }
}
