package dev.kmq;

import dev.kmq.container.Header;
import dev.kmq.container.KmqWriter;
import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.image.Reindexing;
import dev.kmq.index.mix.MatchSurvey;
import dev.kmq.index.mix.MixCosts;
import dev.kmq.index.rans.RansCosts;
import dev.kmq.quantize.ColorHistogram;
import dev.kmq.quantize.ColorMap;
import dev.kmq.quantize.PaletteRequest;
import dev.kmq.quantize.Quantizer;
import dev.kmq.remap.FloydSteinberg;
import dev.kmq.remap.OrderedDither;
import dev.kmq.remap.RateDistortion;
import dev.kmq.remap.Remapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;

/** The two halves of encoding: pixels to an indexed picture, and that to bytes. */
public final class KmqEncoder {
  /** Pixels that are searched for repetitions at a time. */
  private static final int SURVEYED_PIXELS = 1 << 22;

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
    return palette(List.of(pixels));
  }

  /**
   * One palette for several pictures, each of the same weight whatever its size.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Palette palette(List<? extends PixelSource> pictures) {
    double[] weights = new double[pictures.size()];
    Arrays.fill(weights, 1);
    return palette(pictures, weights);
  }

  /**
   * One palette for several pictures.
   *
   * @param weights how much the error of each counts, whatever its size: one a picture, finite and
   *     above 0; their ratios matter, but every colour counts as one pixel at least
   * @throws IllegalArgumentException if there is no picture, or a weight is missing or out of range
   */
  public Palette palette(List<? extends PixelSource> pictures, double[] weights) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("pictures holds at least one, not none");
    }
    if (weights.length != pictures.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "weights holds %d numbers for %d pictures",
              weights.length,
              pictures.size()));
    }
    for (double weight : weights) {
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("a weight is finite and above 0, not " + weight);
      }
    }
    return options
        .palette()
        .orElseGet(
            () ->
                placed(map(ColorHistogram.ofAll(pictures, weights, options.threads())).palette()));
  }

  private Palette placed(Palette palette) {
    return options.transparentIndex().isPresent() ? moved(palette).apply(palette) : palette;
  }

  private IndexedImage placed(IndexedImage image) {
    return options.transparentIndex().isPresent() ? moved(image.palette()).apply(image) : image;
  }

  private Reindexing moved(Palette palette) {
    try {
      return Reindexing.transparentMoved(palette, options.transparentIndex().orElseThrow());
    } catch (IllegalArgumentException e) {
      throw new UnreachableTargetException(String.valueOf(e.getMessage()));
    }
  }

  private ColorMap map(ColorHistogram histogram) {
    Optional<Palette> given = options.palette();
    return given.isPresent()
        ? ColorMap.nearest(histogram, given.get(), options.metric(), options.threads())
        : map(histogram, options.colors());
  }

  /** The best palette of at most so many colours. */
  ColorMap map(ColorHistogram histogram, int colors) {
    PaletteRequest request =
        new PaletteRequest(colors, options.effort(), options.metric(), options.keepColors());
    return Quantizer.quantize(histogram, request, options.threads());
  }

  /**
   * Quantises a picture in memory. Without dithering every pixel gets the nearest colour of the
   * palette, unless {@link EncodeOptions#rdo()} trades error for bytes. A picture with at most K
   * colours comes out exactly as it is then.
   *
   * <p>Of the colours only those count that a pixel may have: with two colours or more, fully
   * transparent pixels get the entry of alpha 0, which no other pixel gets, and opaque pixels get
   * entries of alpha 255, with any dithering and {@code rdo}. A transparent and an opaque entry
   * exist if there are such pixels, as far as {@link EncodeOptions#keepColors()} leave room. Where
   * the entries are all given and have none of the kind, the nearest one is taken; {@link
   * dev.kmq.image.AlphaLoss} says for how many pixels. All fully transparent pixels count as one
   * colour, 0x00000000.
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

  private void checkMaxError(PixelSource pixels, IndexedImage image, double most) {
    ColorError error = ColorError.of(pixels, image.pixels(), most);
    if (error.beyond() > 0) {
      throw new UnreachableTargetException(
          String.format(
              Locale.ROOT,
              "%d pixels exceed the maximum error of %.2f (largest: %.2f); more colours reduce it%s",
              error.beyond(),
              most,
              error.maxError(),
              options.rdo().isPresent() ? ", as does a smaller lambda of rdo" : ""));
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
    IndexedImage image = new IndexedImage(palette, plane);
    return placed(options.rdo().isPresent() ? optimized(pixels, image) : image);
  }

  private IndexedImage optimized(PixelSource pixels, IndexedImage image) {
    int fixed =
        options.palette().isPresent() ? image.palette().size() : options.keepColors().size();
    boolean mix = options.methods().contains(Method.MIX);
    return RateDistortion.optimize(
        pixels,
        image,
        fixed,
        options.rdo().getAsDouble(),
        (plane, palette) ->
            new CodedCosts(mix ? new MixCosts(plane, palette) : new RansCosts(plane, palette)));
  }

  private IndexSource remapped(PixelSource pixels, ColorMap map) {
    return switch (options.dither()) {
      case NONE -> new Remapper(pixels, map, options.threads());
      case FLOYD_STEINBERG -> new FloydSteinberg(pixels, map.palette(), options.metric());
      case BLUE_NOISE ->
          OrderedDither.blueNoise(pixels, map.palette(), options.metric(), options.threads());
      case BAYER -> OrderedDither.bayer(pixels, map.palette(), options.metric(), options.threads());
    };
  }

  /**
   * Quantises and writes a picture that may be larger than memory: the pixels are read several
   * times over, a row of tiles at a time. With targets, a limit on the error, several methods or
   * rate-distortion optimisation the indices are held in memory.
   *
   * @param out is not closed
   * @throws UnreachableTargetException if a target of the options cannot be met; nothing has been
   *     written then
   */
  public void encode(PixelSource pixels, OutputStream out) throws IOException {
    boolean judged =
        options.hasTarget()
            || options.maxError().isPresent()
            || options.rdo().isPresent()
            || options.methods().size() > 1;
    if (judged) {
      write(quantize(pixels), out);
      return;
    }
    IndexSource source = remapped(pixels, map(ColorHistogram.of(pixels, options.threads())));
    write(
        options.transparentIndex().isPresent() ? moved(source.palette()).apply(source) : source,
        out);
  }

  /**
   * Writes an indexed picture as it is, palette and indices untouched; {@link
   * EncodeOptions#colors()} plays no part.
   *
   * @param out is not closed
   * @return what the header says, the method that was taken among it
   */
  public Header write(IndexSource image, OutputStream out) throws IOException {
    return write(image, out, rows -> {});
  }

  /**
   * As {@link #write(IndexSource, OutputStream)}, telling how many rows are done.
   *
   * @param progress called after every row of tiles; may throw to stop
   */
  public Header write(IndexSource image, OutputStream out, IntConsumer progress)
      throws IOException {
    List<Header> headers = headers(image);
    return headers.size() == 1
        ? write(image, headers.get(0), out, progress)
        : new SmallestMethod(this, image, progress).write(headers, out);
  }

  /** The headers to try: one for each method, and one more for mix if matches may pay. */
  private List<Header> headers(IndexSource image) {
    List<Header> headers = new ArrayList<>();
    for (Method method : options.methods()) {
      headers.add(header(image, method, false));
      if (method == Method.MIX && image.palette().size() > 1) {
        Header other = header(image, method, true);
        if (other.decodingCost() <= options.maxDecodingCost() && repeats(image)) {
          headers.add(other);
        }
      }
    }
    return headers;
  }

  private Header header(IndexSource image, Method method, boolean matches) {
    return Header.smallest(
        method,
        image.palette(),
        options.colorSpace(),
        options.tiling(image.width(), image.height()),
        !options.chunks().isEmpty(),
        matches);
  }

  private static boolean repeats(IndexSource image) {
    MatchSurvey survey = new MatchSurvey();
    int band = Math.max(1, Math.min(image.height(), SURVEYED_PIXELS / image.width()));
    for (int y = 0; y < image.height(); y += band) {
      survey.add(image.rows(y, Math.min(band, image.height() - y)));
    }
    return survey.isPromising();
  }

  /** Writes with one header. */
  Header write(IndexSource image, Header header, OutputStream out, IntConsumer progress)
      throws IOException {
    new KmqWriter(out, header, options.chunks(), options.threads()).write(image, progress);
    return header;
  }
}
