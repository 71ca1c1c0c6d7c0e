package dev.kmq.bench;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A way to encode an image with K colours.
 *
 * @param name as parsed
 */
record Variant(String name, Metric metric, Dither dither, Effort effort, OptionalDouble rdo) {
  private static final String RDO = "rdo=";

  /**
   * Parses a variant: labels of a {@link Metric}, a {@link Dither} and an {@link Effort}, and
   * {@code rdo=LAMBDA}, in any order and joined by {@code +}. What is missing is {@code rgb},
   * {@code none}, {@code default}, and no rdo.
   *
   * @throws IllegalArgumentException if a word is none of these
   */
  static Variant of(String name) {
    Metric metric = Metric.RGB;
    Dither dither = Dither.NONE;
    Effort effort = Effort.DEFAULT;
    OptionalDouble rdo = OptionalDouble.empty();
    for (String word : name.split("\\+", -1)) {
      List<Metric> metrics = labelled(word, Metric.values(), Metric::label);
      List<Dither> dithers = labelled(word, Dither.values(), Dither::label);
      List<Effort> efforts = labelled(word, Effort.values(), Effort::label);
      if (!metrics.isEmpty()) {
        metric = metrics.get(0);
      } else if (!dithers.isEmpty()) {
        dither = dithers.get(0);
      } else if (!efforts.isEmpty()) {
        effort = efforts.get(0);
      } else if (word.startsWith(RDO)) {
        rdo = OptionalDouble.of(Double.parseDouble(word.substring(RDO.length())));
      } else {
        throw new IllegalArgumentException(
            "'" + word + "' is no metric, dithering, effort, or " + RDO + "LAMBDA");
      }
    }
    return new Variant(name, metric, dither, effort, rdo);
  }

  private static <E> List<E> labelled(String word, E[] values, Function<E, String> label) {
    return Stream.of(values).filter(value -> label.apply(value).equals(word)).toList();
  }

  /** Encodes pixels to palette and indices; the method is that for which rdo counts bytes. */
  IndexedImage quantize(PixelSource pixels, int colors, Method method) {
    EncodeOptions.Builder options =
        EncodeOptions.builder()
            .colors(colors)
            .metric(metric)
            .dither(dither)
            .effort(effort)
            .methods(method);
    rdo.ifPresent(options::rdo);
    return new KmqEncoder(options.build()).quantize(pixels);
  }
}
