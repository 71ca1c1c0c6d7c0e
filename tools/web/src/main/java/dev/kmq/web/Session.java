package dev.kmq.web;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.container.Method;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.png.IndexedPng;
import dev.kmq.web.EngineException.Kind;
import dev.kmq.web.png.IccProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One open image, and the last result of quantising it. Files have the bytes that {@code kmq
 * encode} writes for the same options. Not thread-safe.
 */
public final class Session {
  /** The most pixels of an image: a page has little memory. */
  public static final int MOST_PIXELS = 1 << 25;

  /** The part of the work after which an image is quantised; the rest measures it. */
  private static final double QUANTIZED = 0.7;

  private @Nullable OpenImage image;

  /** The open image with its colours in sRGB, if that was needed. */
  private @Nullable OpenImage inSrgb;

  private @Nullable Result result;

  /**
   * How an image is quantised; a null is the command's default.
   *
   * @param colors the maximum number of colours
   * @param keep ARGB of colours that are kept
   * @param palette the palette to use, or null to compute one
   * @param scored whether the result gets a score
   */
  public record Request(
      int colors,
      @Nullable String metric,
      @Nullable String dither,
      @Nullable String effort,
      List<Integer> keep,
      @Nullable Palette palette,
      boolean scored) {
    /** Copies the list. */
    public Request {
      keep = List.copyOf(keep);
    }
  }

  /**
   * An indexed image.
   *
   * @param original what it was made of: the open image, or that in sRGB
   * @param chunks metadata that holds for it
   * @param kept whether palette and indices are those of the file
   */
  record Result(
      IndexedImage image,
      OpenImage original,
      List<Chunk> chunks,
      boolean kept,
      Metric metric,
      Effort effort,
      Measures measures) {}

  /** The open image. */
  public OpenImage image() throws EngineException {
    OpenImage open = image;
    if (open == null) {
      throw new EngineException(Kind.OPTION, "No image is open.");
    }
    return open;
  }

  Result result() throws EngineException {
    Result last = result;
    if (last == null) {
      throw new EngineException(Kind.OPTION, "No image has been quantised yet.");
    }
    return last;
  }

  /** Opens a PNG or {@code .kmq} file; the image before it stays if that fails. */
  public OpenImage openFile(byte[] bytes) throws IOException {
    return open(Opening.file(bytes));
  }

  /** Opens pixels, ARGB with straight alpha. */
  public OpenImage openPixels(int width, int height, int[] argb) throws IOException {
    return open(Opening.pixels(width, height, argb));
  }

  private OpenImage open(OpenImage opened) {
    image = opened;
    inSrgb = null;
    result = null;
    return opened;
  }

  /** Quantises the open image, unless its palette is kept because it is small enough. */
  Result quantize(Request request, DoubleConsumer progress) throws IOException {
    Work work = Work.onThreads(1).withProgress(progress);
    Result made = quantized(request, work);
    result = made;
    return made;
  }

  private Result quantized(Request request, Work work) throws IOException {
    OpenImage open = original(request);
    Metric metric = metric(open, request);
    Effort effort = Options.effort(request.effort);
    EncodeOptions options =
        EncodeOptions.builder()
            .threads(1)
            .effort(effort)
            .metric(metric)
            .dither(Options.dither(request.dither))
            .palette(choice(request))
            .build();
    IndexedImage known = open.indexed();
    boolean kept =
        known != null && !options.requantizesIndexed() && known.palette().size() <= request.colors;
    IndexedImage made =
        kept && known != null
            ? known
            : new KmqEncoder(options).quantize(open.pixels(), work.part(0, QUANTIZED));
    work.report(QUANTIZED);
    Measures measures = Measures.of(open, made, request.scored);
    work.report(1);
    return new Result(
        made,
        open,
        kept ? open.chunks() : open.chunksForOtherIndices(),
        kept,
        metric,
        effort,
        measures);
  }

  /**
   * The open image; in sRGB, as for the command, if colours that are kept or given are, or the
   * metric is that of sRGB.
   */
  private OpenImage original(Request request) throws EngineException {
    OpenImage open = image();
    IccProfile profile = open.profile();
    boolean colors = !request.keep.isEmpty() || request.palette != null;
    if (profile == null || !colors && Options.metric(request.metric) != Metric.OKLAB) {
      return open;
    }
    if (!profile.converts()) {
      throw new EngineException(
          Kind.OPTION,
          (colors ? "Colours that are kept or replaced are sRGB" : "The metric oklab is of sRGB")
              + ", and only the kmq command converts the colour profile of this image to it. "
              + (colors ? "Release all colours." : "Choose the metric rgb."));
    }
    OpenImage converted = inSrgb;
    if (converted == null) {
      converted = open.inSrgb(profile);
      inSrgb = converted;
    }
    return converted;
  }

  private static PaletteChoice choice(Request request) {
    int[] keep = request.keep.stream().mapToInt(Integer::intValue).toArray();
    return request.palette == null
        ? PaletteChoice.computed(request.colors).withKeepColors(keep)
        : PaletteChoice.given(request.palette);
  }

  /** The metric asked for, or the command's default. */
  private static Metric metric(OpenImage open, Request request) throws EngineException {
    boolean profiled = open.profile() != null;
    Metric wanted = Options.metric(request.metric);
    if (wanted != null) {
      return wanted;
    }
    return profiled || request.palette != null ? Metric.RGB : Metric.OKLAB;
  }

  /** A {@code .kmq} file of the last result. */
  public byte[] encodeKmq(String method, DoubleConsumer progress) throws IOException {
    return encoded(result(), method, Work.onThreads(1).withProgress(progress));
  }

  private byte[] encoded(Result made, String method, Work work) throws IOException {
    EncodeOptions.Builder options =
        EncodeOptions.builder()
            .threads(1)
            .effort(made.effort)
            .methods(Options.methods(method).toArray(Method[]::new))
            .chunks(made.chunks);
    Header header = image().header();
    if (header != null) {
      options.tileSize(header.tiling());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KmqEncoder(options.build()).write(made.image, out, work);
    return out.toByteArray();
  }

  /** An indexed PNG of the last result. */
  public byte[] encodePng() throws IOException {
    Result last = result();
    IndexSource indexed = last.image;
    if (indexed.palette().size() > IndexedPng.MAX_COLORS) {
      throw new EngineException(
          Kind.OPTION,
          "An indexed PNG has up to 256 colours; this image has " + indexed.palette().size() + ".");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    IndexedPng.write(indexed, last.chunks, out);
    return out.toByteArray();
  }

  /** Measures pixels of the size of the open image, ARGB in sRGB, against it. */
  Measures measure(int[] argb) throws IOException {
    OpenImage open = image();
    PixelSource pixels = open.pixels();
    return Measures.ofSrgb(open, PixelSource.of(pixels.width(), pixels.height(), argb));
  }

  /**
   * Quantises and encodes without replacing the last result.
   *
   * @param bytes receives the length of the file
   */
  Result point(Request request, String method, int[] bytes, DoubleConsumer progress)
      throws IOException {
    List<Work> steps = Work.onThreads(1).withProgress(progress).split(4, 1);
    Result made = quantized(request, steps.get(0));
    bytes[0] = encoded(made, method, steps.get(1)).length;
    return made;
  }
}
