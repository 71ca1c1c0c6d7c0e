package dev.kmq;

import dev.kmq.container.Header;
import dev.kmq.container.KmqWriter;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorHistogram;
import dev.kmq.quantize.ColorMap;
import dev.kmq.quantize.Quantizer;
import dev.kmq.remap.Remapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/** The two halves of encoding: pixels to an indexed picture, and that to bytes. */
public final class KmqEncoder {
  private final EncodeOptions options;

  /** An encoder with these options. */
  public KmqEncoder(EncodeOptions options) {
    this.options = options;
  }

  /** The palette of at most {@link EncodeOptions#colors()} colours for a picture. */
  public Palette palette(PixelSource pixels) {
    return map(pixels).palette();
  }

  private ColorMap map(PixelSource pixels) {
    ColorHistogram histogram = ColorHistogram.of(pixels);
    return Quantizer.quantize(histogram, options.colors(), options.effort(), options.threads());
  }

  /**
   * Quantises a picture in memory: every pixel gets the nearest colour of its palette. A picture
   * with at most K colours comes out exactly as it is.
   */
  public IndexedImage quantize(PixelSource pixels) {
    Remapper remapper = new Remapper(pixels, map(pixels), options.threads());
    Palette palette = remapper.palette();
    IndexPlane plane = IndexPlane.allocate(pixels.width(), pixels.height(), palette.size());
    int band = Math.max(1, Math.min(pixels.height(), (1 << 20) / pixels.width()));
    for (int y = 0; y < pixels.height(); y += band) {
      int rows = Math.min(band, pixels.height() - y);
      plane.window(0, y, pixels.width(), rows).copyFrom(remapper.rows(y, rows));
    }
    return new IndexedImage(palette, plane);
  }

  /**
   * Quantises and writes a picture that may be larger than memory: the pixels are read several
   * times over, a row of tiles at a time.
   *
   * @param out is not closed
   */
  public void encode(PixelSource pixels, OutputStream out) throws IOException {
    write(new Remapper(pixels, map(pixels), options.threads()), out);
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
