package dev.kmq;

import dev.kmq.concurrent.Work;
import dev.kmq.container.Header;
import dev.kmq.container.KmqWriter;
import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.image.Reindexing;
import dev.kmq.index.mix.MixCosts;
import dev.kmq.index.rans.RansCosts;
import dev.kmq.quantize.ColorHistogram;
import dev.kmq.quantize.ColorMap;
import dev.kmq.quantize.PaletteRequest;
import dev.kmq.quantize.Quantizer;
import dev.kmq.remap.Dithering;
import dev.kmq.remap.RateDistortion;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The two steps of encoding: pixels to an indexed image, and that to bytes. Immutable and
 * thread-safe.
 *
 * <p>Each operation runs on {@link EncodeOptions#threads()} threads of the codec, or on the given
 * {@link Work}, which reports progress and can be cancelled. An interrupt of the calling thread
 * also cancels it: the operation throws {@link CancellationException}, and the interrupt status
 * stays set.
 */
public final class KmqEncoder {
  private final EncodeOptions options;
  private final StepTimes times;

  /**
   * An encoder with these options.
   *
   * @param options for all calls of this encoder
   */
  public KmqEncoder(EncodeOptions options) {
    this.options = Objects.requireNonNull(options, "options");
    this.times = StepTimes.of(options);
  }

  /**
   * The palette for an image: at most {@link EncodeOptions#colors()} colours, or the given palette.
   * Targets are ignored.
   *
   * @param pixels the image; it is read several times
   * @return the palette
   */
  public Palette palette(PixelSource pixels) {
    return palette(List.of(pixels));
  }

  /**
   * One palette for several images, each with the same weight regardless of its size.
   *
   * @param images at least one; each is read once, one after the other
   * @return the palette
   * @throws IllegalArgumentException if there is none
   */
  public Palette palette(List<? extends PixelSource> images) {
    double[] weights = new double[images.size()];
    Arrays.fill(weights, 1);
    return palette(images, weights);
  }

  /**
   * One palette for several images.
   *
   * @param images at least one; each is read once, one after the other
   * @param weights how much the error of each image counts, regardless of its size: one per image,
   *     finite and above 0. Only their ratios matter, but every colour counts as at least one pixel
   * @return the palette
   * @throws IllegalArgumentException if there is no image, or a weight is missing or out of range
   */
  public Palette palette(List<? extends PixelSource> images, double[] weights) {
    return palette(images, weights, work());
  }

  /**
   * As {@link #palette(List, double[])}, with a given {@link Work}.
   *
   * @param images at least one; each is read once, one after the other
   * @param weights one per image, finite and above 0
   * @param work threads, progress and cancellation of this call
   * @return the palette
   * @throws CancellationException if the work is cancelled or the thread is interrupted
   */
  public Palette palette(List<? extends PixelSource> images, double[] weights, Work work) {
    Objects.requireNonNull(work, "work");
    if (images.isEmpty()) {
      throw new IllegalArgumentException("images must not be empty");
    }
    if (weights.length != images.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "weights has %d numbers for %d images", weights.length, images.size()));
    }
    for (double weight : weights) {
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("weights must be finite and above 0, not " + weight);
      }
    }
    if (options.palette() instanceof PaletteChoice.Given given) {
      return given.palette();
    }
    List<Work> steps = work.split(times.counting() * images.size(), times.clustering());
    ColorHistogram histogram = ColorHistogram.ofAll(images, weights, steps.get(0));
    Palette palette = placed(map(histogram, options.colors(), steps.get(1)).palette());
    work.report(1);
    return palette;
  }

  /**
   * One palette for the images of a histogram, each with the same weight regardless of its size.
   *
   * @param histogram the colours of all images
   * @return the palette
   * @throws IllegalArgumentException if it has no image
   */
  public Palette palette(PaletteHistogram histogram) {
    return palette(histogram, work());
  }

  /**
   * As {@link #palette(PaletteHistogram)}, with a given {@link Work}.
   *
   * @param histogram the colours of all images
   * @param work threads, progress and cancellation of this call
   * @return the palette
   * @throws CancellationException if the work is cancelled or the thread is interrupted
   */
  public Palette palette(PaletteHistogram histogram, Work work) {
    Objects.requireNonNull(work, "work");
    if (histogram.images() == 0) {
      throw new IllegalArgumentException("the histogram has no image");
    }
    if (options.palette() instanceof PaletteChoice.Given given) {
      return given.palette();
    }
    Palette palette = placed(map(histogram.colors(), options.colors(), work).palette());
    work.report(1);
    return palette;
  }

  private Work work() {
    return Work.onThreads(options.threads());
  }

  private Palette placed(Palette palette) {
    return options.transparentIndex().isPresent() ? moved(palette).apply(palette) : palette;
  }

  private IndexedImage placed(IndexedImage image) {
    return options.transparentIndex().isPresent() ? moved(image.palette()).apply(image) : image;
  }

  private Reindexing moved(Palette palette) {
    try {
      return Reindexing.transparentMoved(palette, options.transparentIndex().getAsInt());
    } catch (IllegalArgumentException e) {
      throw new UnreachableTargetException("transparentIndex", String.valueOf(e.getMessage()));
    }
  }

  /** The given palette, or the best one of at most {@code colors} colours. */
  private ColorMap map(ColorHistogram histogram, int colors, Work work) {
    if (options.palette() instanceof PaletteChoice.Given given) {
      return ColorMap.nearest(histogram, given.palette(), options.metric(), work);
    }
    PaletteRequest request =
        new PaletteRequest(colors, options.effort(), options.metric(), options.keepColors());
    return Quantizer.quantize(histogram, request, work);
  }

  /**
   * Quantises an image in memory. Without dithering every pixel gets the nearest colour of the
   * palette, unless {@link EncodeOptions#rdo()} trades error for bytes. Images with at most K
   * colours are then reproduced exactly.
   *
   * <p>With two or more colours, only fully transparent pixels get the entry of alpha 0, and opaque
   * pixels get entries of alpha 255, whatever the dithering and {@code rdo}. A computed palette has
   * a transparent and an opaque entry if there are such pixels and {@link
   * PaletteChoice.Computed#keepColors()} leave room. If all entries are given and none is of the
   * kind, the nearest one is used; {@link dev.kmq.image.AlphaLoss} counts those pixels. All fully
   * transparent pixels count as one colour, 0x00000000.
   *
   * @param pixels the image; it is read several times
   * @return the palette and the indices
   * @throws UnreachableTargetException if a target of the options cannot be met
   */
  public IndexedImage quantize(PixelSource pixels) {
    return quantize(pixels, work());
  }

  /**
   * As {@link #quantize(PixelSource)}, with a given {@link Work}.
   *
   * @param pixels the image; it is read several times
   * @param work threads, progress and cancellation of this call
   * @return the palette and the indices
   * @throws CancellationException if the work is cancelled or the thread is interrupted
   */
  public IndexedImage quantize(PixelSource pixels, Work work) {
    Objects.requireNonNull(pixels, "pixels");
    return candidate(pixels, Objects.requireNonNull(work, "work")).image();
  }

  /**
   * As {@link #quantize(PixelSource, Work)}, for an image that may be larger than memory: pixels
   * are read, and indices computed, when rows are requested, so each pass over the result reads the
   * pixels again. Rows must be requested in order. A target, a maximum error and rate-distortion
   * optimisation need the whole image; the result is then in memory.
   *
   * @param pixels the image; it is read several times
   * @param work threads, progress and cancellation of this call
   * @return the palette, and the indices row by row
   * @throws UnreachableTargetException if a target of the options cannot be met
   * @throws CancellationException if the work is cancelled or the thread is interrupted
   */
  public IndexSource quantizeRows(PixelSource pixels, Work work) {
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(work, "work");
    if (options.target().isPresent()
        || options.maxError().isPresent()
        || options.rdo().isPresent()) {
      return quantize(pixels, work);
    }
    List<Work> steps = work.split(times.counting(), times.clustering(), times.mapping());
    ColorHistogram histogram = ColorHistogram.of(pixels, steps.get(0));
    return mapped(pixels, map(histogram, options.colors(), steps.get(1)), steps.get(2));
  }

  private IndexSource mapped(PixelSource pixels, ColorMap map, Work work) {
    IndexSource source = remapped(pixels, map, work);
    return options.transparentIndex().isPresent() ? moved(source.palette()).apply(source) : source;
  }

  /** An image, and its file if one was encoded to choose the image. */
  private Candidate candidate(PixelSource pixels, Work work) {
    List<Work> steps = work.split(times.counting(), times.clustering() + times.mapping());
    ColorHistogram histogram = ColorHistogram.of(pixels, steps.get(0));
    Candidate found =
        options.target().isPresent()
            ? search(pixels, histogram, options.target().get(), steps.get(1))
            : new Candidate(image(pixels, histogram, options.colors(), steps.get(1)), null);
    if (options.maxError().isPresent()) {
      checkMaxError(pixels, found.image(), options.maxError().getAsDouble());
    }
    work.report(1);
    return found;
  }

  private Candidate search(PixelSource pixels, ColorHistogram histogram, Target target, Work work) {
    TargetSearch search =
        new TargetSearch(
            options,
            pixels,
            histogram.size(),
            (colors, part) -> image(pixels, histogram, colors, part),
            this::encoded,
            work);
    return search.run(target);
  }

  private IndexedImage image(PixelSource pixels, ColorHistogram histogram, int colors, Work work) {
    List<Work> steps = work.split(times.clustering(), times.mapping());
    return indexed(pixels, map(histogram, colors, steps.get(0)), steps.get(1));
  }

  private EncodedFile encoded(IndexedImage image, Work work) {
    try {
      return smallest(image, SmallestFile.headers(image, options), work);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writes to memory only
    }
  }

  private void checkMaxError(PixelSource pixels, IndexedImage image, double most) {
    ColorError error = ColorError.of(pixels, image.pixels(), most);
    if (error.beyond() > 0) {
      throw new UnreachableTargetException(
          "maxError",
          String.format(
              Locale.ROOT,
              "%d %s the maximum error of %.2f (largest: %.2f); try %s",
              error.beyond(),
              error.beyond() == 1 ? "pixel exceeds" : "pixels exceed",
              most,
              error.maxError(),
              errorAdvice()),
          most,
          error.maxError(),
          image.palette().size());
    }
  }

  private String errorAdvice() {
    String colors =
        options.palette() instanceof PaletteChoice.Given
            ? "a palette with colours nearer to those of the image"
            : options
                .target()
                .map(
                    t ->
                        t instanceof Target.Psnr
                            ? "a higher target PSNR"
                            : "a larger target in bytes")
                .orElse("more colours");
    return colors
        + (options.dither() == Dither.NONE ? "" : ", or no dithering")
        + (options.rdo().isPresent() ? ", or a smaller lambda of rdo" : "");
  }

  /** Maps all pixels, a band at a time. */
  private IndexedImage indexed(PixelSource pixels, ColorMap map, Work work) {
    boolean rdo = options.rdo().isPresent();
    Work mapping = work.part(0, rdo ? 0.02 : 1);
    IndexSource source = remapped(pixels, map, work);
    Palette palette = source.palette();
    IndexPlane plane = IndexPlane.allocate(pixels.width(), pixels.height(), palette.size());
    int band = Math.max(1, Math.min(pixels.height(), (1 << 20) / pixels.width()));
    for (int y = 0; y < pixels.height(); y += band) {
      int rows = Math.min(band, pixels.height() - y);
      mapping.report((double) y / pixels.height());
      plane.window(0, y, pixels.width(), rows).copyFrom(source.rows(y, rows));
    }
    IndexedImage image = new IndexedImage(palette, plane);
    return placed(rdo ? optimized(pixels, image, work.part(0.02, 1)) : image);
  }

  private IndexedImage optimized(PixelSource pixels, IndexedImage image, Work work) {
    int fixed = fixedEntries(image.palette());
    boolean mix = options.methods().contains(Method.MIX);
    return RateDistortion.optimize(
        pixels,
        image,
        fixed,
        options.metric(),
        options.rdo().getAsDouble(),
        (plane, palette) -> mix ? new MixCosts(plane, palette) : new RansCosts(plane, palette),
        work);
  }

  /** The number of first entries whose colours are given. */
  private int fixedEntries(Palette palette) {
    return options.palette() instanceof PaletteChoice.Given
        ? palette.size()
        : options.keepColors().size();
  }

  private IndexSource remapped(PixelSource pixels, ColorMap map, Work work) {
    return Dithering.of(
        pixels,
        map,
        fixedEntries(map.palette()),
        options.dither(),
        options.effort(),
        options.metric(),
        work);
  }

  /**
   * Quantises and writes an image that may be larger than memory: the pixels are read several
   * times, one row of tiles at a time. Targets, a maximum error, several methods and
   * rate-distortion optimisation hold the indices in memory.
   *
   * @param pixels the image; it is read several times
   * @param out is not closed
   * @return the header of the file; its method is the one that was chosen
   * @throws UnreachableTargetException if a target of the options cannot be met; nothing is written
   *     then
   * @throws IOException if writing fails
   */
  public Header encode(PixelSource pixels, OutputStream out) throws IOException {
    return encode(pixels, out, work());
  }

  /**
   * As {@link #encode(PixelSource, OutputStream)}, with a given {@link Work}.
   *
   * @param pixels the image; it is read several times
   * @param out is not closed
   * @param work threads, progress and cancellation of this call
   * @return the header of the file; its method is the one that was chosen
   * @throws CancellationException if the work is cancelled or the thread is interrupted; the file
   *     is incomplete then
   * @throws IOException if writing fails
   */
  public Header encode(PixelSource pixels, OutputStream out, Work work) throws IOException {
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(work, "work");
    boolean inMemory =
        options.target().isPresent()
            || options.maxError().isPresent()
            || options.rdo().isPresent()
            || options.methods().size() > 1;
    if (inMemory) {
      double quantizing = times.counting() + times.clustering() + times.mapping();
      List<Work> steps = work.split(quantizing, times.writing());
      Candidate found = candidate(pixels, steps.get(0));
      return written(found.image(), found.file(), out, steps.get(1));
    }
    List<Work> steps =
        work.split(times.counting(), times.clustering(), times.mapping() + times.writing());
    ColorHistogram histogram = ColorHistogram.of(pixels, steps.get(0));
    ColorMap map = map(histogram, options.colors(), steps.get(1));
    return write(mapped(pixels, map, steps.get(2)), out, steps.get(2));
  }

  /**
   * Writes an indexed image with palette and indices unchanged; {@link EncodeOptions#colors()} is
   * ignored.
   *
   * @param image palette and indices; the rows are read several times
   * @param out is not closed
   * @return the header of the file; its method is the one that was chosen
   * @throws IOException if writing fails
   */
  public Header write(IndexSource image, OutputStream out) throws IOException {
    return write(image, out, work());
  }

  /**
   * As {@link #write(IndexSource, OutputStream)}, with a given {@link Work}.
   *
   * @param image palette and indices; the rows are read several times
   * @param out is not closed
   * @param work threads, progress and cancellation of this call
   * @return the header of the file; its method is the one that was chosen
   * @throws CancellationException if the work is cancelled or the thread is interrupted; the file
   *     is incomplete then
   * @throws IOException if writing fails
   */
  public Header write(IndexSource image, OutputStream out, Work work) throws IOException {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(work, "work");
    List<Header> headers = SmallestFile.headers(image, options);
    if (headers.size() == 1) {
      return write(image, headers.get(0), out, work);
    }
    double trials = headers.size() / (headers.size() + 1.0);
    EncodedFile file = smallest(image, headers, work.part(0, trials));
    return written(image, file, out, work.part(trials, 1));
  }

  /** Writes the kept bytes of a file, or encodes it again if they were not kept. */
  private Header written(IndexSource image, @Nullable EncodedFile file, OutputStream out, Work work)
      throws IOException {
    if (file == null) {
      return write(image, out, work);
    }
    if (file.isKept()) {
      file.copyTo(out);
      work.report(1);
      return file.header();
    }
    return write(image, file.header(), out, work);
  }

  private EncodedFile smallest(IndexSource image, List<Header> headers, Work work)
      throws IOException {
    double n = headers.size();
    return SmallestFile.of(
        headers,
        (header, pass) -> {
          EncodedFile file = new EncodedFile(header);
          write(image, header, file, work.part(pass / n, (pass + 1) / n));
          return file;
        });
  }

  /** Writes with one header. */
  private Header write(IndexSource image, Header header, OutputStream out, Work work)
      throws IOException {
    new KmqWriter(out, header, options.chunks(), work).write(image);
    return header;
  }
}
