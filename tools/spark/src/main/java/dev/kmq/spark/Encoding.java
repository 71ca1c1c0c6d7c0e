package dev.kmq.spark;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Header;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.file.Input;
import dev.kmq.image.AlphaLoss;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.picture.AlphaWarnings;
import dev.kmq.picture.IndexedPicture;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How images are encoded: what {@code kmq encode} does with the options of the same names.
 *
 * @param colors maximum number of colours
 * @param keepsAny whether palettes of any size are kept, as no number of colours was asked for
 * @param methods of which the smallest file is written; empty for rans, or that of a .kmq
 * @param metric null for the default
 * @param rdo null without
 * @param palettes one for all images, one for each cluster of them, or none to compute one for each
 * @param backdrop opaque colour to composite images onto, or null
 */
record Encoding(
    int colors,
    boolean keepsAny,
    List<Method> methods,
    Effort effort,
    @Nullable Metric metric,
    Dither dither,
    @Nullable Double rdo,
    List<GivenPalette> palettes,
    MetadataPolicy metadata,
    boolean toSrgb,
    @Nullable Integer backdrop,
    long maxPixels,
    long maxWork)
    implements Serializable {
  /** A palette that can be sent to tasks. */
  @SuppressWarnings("ArrayRecordComponent") // only sent, never compared
  record GivenPalette(int[] argb, boolean alpha) implements Serializable {
    static GivenPalette of(Palette palette) {
      return new GivenPalette(palette.toArgb(), palette.hasAlpha());
    }

    Palette palette() {
      return alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
    }
  }

  /** What an output is. */
  record Result(Header header, double mse, List<String> warnings) {}

  /** Copies the lists. */
  Encoding {
    methods = List.copyOf(methods);
    palettes = List.copyOf(palettes);
  }

  private Limits limits() {
    return Limits.defaults().withMaxPixels(maxPixels).withMaxWork(maxWork);
  }

  private PictureReader reader() {
    boolean srgb = toSrgb || !palettes.isEmpty() || metric == Metric.OKLAB;
    return new PictureReader(limits(), metadata, srgb, backdrop);
  }

  private EncodeOptions.Builder builder() {
    Method[] chosen =
        methods.isEmpty() ? new Method[] {Method.RANS} : methods.toArray(Method[]::new);
    EncodeOptions.Builder builder =
        EncodeOptions.builder().threads(1).effort(effort).methods(chosen);
    if (rdo != null) {
      builder.rdo(rdo);
    }
    return builder;
  }

  /** Keeps the method and the tile size of a {@code .kmq} unless options choose them. */
  private void keep(EncodeOptions.Builder builder, @Nullable Header header) {
    if (header != null && methods.isEmpty() && rdo == null) {
      builder.methods(header.method());
    }
    if (header != null) {
      builder.tileSize(header.tiling());
    }
  }

  /** Refuses values that the encoder refuses. */
  void check() {
    quantizing(Metric.RGB, 0).build();
  }

  private EncodeOptions.Builder quantizing(Metric used, int number) {
    return builder()
        .metric(used)
        .dither(dither)
        .palette(
            PaletteChoice.of(
                palettes.isEmpty() ? null : palettes.get(number).palette(),
                PaletteChoice.computed(colors)));
  }

  /**
   * Encodes an image.
   *
   * @param number of its palette, if there are several
   */
  Result encode(Input input, int number, OutputStream out) throws IOException {
    Picture picture = reader().read(input);
    List<String> warnings = new ArrayList<>(picture.warnings());
    input.release();
    Metric wanted = metric == null && !palettes.isEmpty() ? Metric.RGB : metric;
    Metric used = IndexedPicture.metric(picture, wanted);
    EncodeOptions.Builder quantizing = quantizing(used, number);
    keep(quantizing, picture.header());
    int mostKept = keepsAny ? Integer.MAX_VALUE : colors;
    try (IndexedPicture indexed =
        IndexedPicture.of(picture, quantizing.build(), mostKept, 0, Work.onThreads(1))) {
      IndexSource image = indexed.image();
      if (indexed.chunks().size() < picture.chunks().size()) {
        warnings.add("its alternative palettes are dropped, because its indices change");
      }
      if (!palettes.isEmpty()) {
        warnings.addAll(AlphaWarnings.of(AlphaLoss.of(picture.pixels(), image.palette())));
      }
      EncodeOptions.Builder storing = builder().chunks(indexed.chunks());
      keep(storing, picture.header());
      Header header = new KmqEncoder(storing.build()).write(image, out);
      return new Result(header, indexed.error().mse(), warnings);
    }
  }
}
