package dev.kmq;

import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How an image is encoded. Immutable and thread-safe. All rules of options are here: the setters of
 * the builder refuse values out of range, and {@link Builder#build()} refuses options that
 * contradict each other, both with an {@link OptionException}.
 */
public final class EncodeOptions {
  private static final EncodeOptions DEFAULTS = new Builder().build();

  private final Builder set;

  private EncodeOptions(Builder set) {
    this.set = set;
  }

  /**
   * A computed palette of 256 colours, default effort, distance in RGB, no dithering, no maximum
   * error, no {@code rdo}, method packed, standard tiling, as many threads as processors, no
   * chunks.
   *
   * @return the default options
   */
  public static EncodeOptions defaults() {
    return DEFAULTS;
  }

  /** {@return a builder that starts from the {@linkplain #defaults() defaults}} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts from these options} */
  public Builder toBuilder() {
    return new Builder(set);
  }

  /** {@return where the palette comes from; computed, with 256 colours, by default} */
  public PaletteChoice palette() {
    return set.palette;
  }

  /** {@return how much work goes into a computed palette; {@code DEFAULT} by default} */
  public Effort effort() {
    return set.effort;
  }

  /**
   * {@return the distance between colours; {@code RGB} by default} Translucent colours are
   * composited half way from black to white, with alpha as a fourth channel.
   */
  public Metric metric() {
    return set.metric;
  }

  /**
   * {@return the dithering; {@code NONE} by default, which maps pixels to their nearest entries}
   */
  public Dither dither() {
    return set.dither;
  }

  /**
   * {@return the largest error of a pixel that is accepted, as {@link dev.kmq.image.ColorError}
   * measures it: with alpha, the larger of those on black and on white} Empty by default: any error
   * is accepted.
   */
  public OptionalDouble maxError() {
    return set.maxError;
  }

  /**
   * {@return lambda of rate-distortion optimised indices: the error that one bit is worth, in
   * squared steps of 8-bit channels, summed over three} Each pixel gets the entry of least error +
   * lambda * bits, which need not be the nearest. With {@link Metric#RGB} the error is the squared
   * distance; with alpha, the larger of those on black and on white. With {@link Metric#OKLAB} it
   * is the squared distance in Oklab, scaled so that black to white counts the same, with full
   * weight on a and b, and divided by (1 + v/2)^(5/8), since busy areas hide errors: v is the
   * variance of lightness over the 5x5 pixels around, in the same units. Bits are estimated for
   * {@link Method#MIX} if it is among the methods, else for {@link Method#RANS}, ignoring tiles.
   * Empty by default. Runs on one thread and takes a few seconds per megapixel, and again for every
   * K tried if a target is set.
   */
  public OptionalDouble rdo() {
    return set.rdo;
  }

  /**
   * {@return the methods that indices may be stored by} The smallest file is written; of equal
   * ones, that of the first method. Only {@code PACKED} by default.
   */
  public List<Method> methods() {
    List<Method> allowed = new ArrayList<>();
    for (Method method : set.methods) {
      if (method.decodingCost() <= set.maxDecodingCost) {
        allowed.add(method);
      }
    }
    return List.copyOf(allowed);
  }

  /**
   * {@return the upper limit of {@link dev.kmq.container.Header#decodingCost()}; methods above it
   * are left out} No limit by default.
   */
  public int maxDecodingCost() {
    return set.maxDecodingCost;
  }

  /**
   * {@return the maximum number of threads; one per processor by default} The file never depends on
   * it.
   */
  public int threads() {
    return set.threads;
  }

  /** {@return the metadata of the file; none by default} */
  public List<Chunk> chunks() {
    return set.chunks;
  }

  /**
   * ICC if an {@code iCCP} chunk is among {@link #chunks()}, else sRGB.
   *
   * @return the colour space that the header states
   */
  public ColorSpace colorSpace() {
    return set.has(Chunk.ICCP) ? ColorSpace.ICC : ColorSpace.SRGB;
  }

  /**
   * {@return the tiles of an image of this size: by default one tile up to 2^22 pixels, and above
   * tiles of 1024x1024, or of 512x512 for method mix}
   *
   * @param method the method that stores the indices
   * @param width width of the image in pixels, at least 1
   * @param height height of the image in pixels, at least 1
   */
  public Tiling tiling(Method method, int width, int height) {
    return set.tiles == null
        ? Tiling.standard(method, width, height)
        : new Tiling(width, height, set.tiles.widthCode(), set.tiles.heightCode());
  }

  /**
   * {@return whether an image that is already indexed must be quantised again, however few its
   * colours: for a given palette, kept colours, a target, or {@link #rdo()}} Of the other options,
   * only a number of colours below its own changes its palette. {@link KmqEncoder#write} never
   * quantises.
   */
  public boolean requantizesIndexed() {
    return set.palette instanceof PaletteChoice.Given
        || !keepColors().isEmpty()
        || target().isPresent()
        || rdo().isPresent();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodeOptions o && o.set.values().equals(set.values());
  }

  @Override
  public int hashCode() {
    return set.values().hashCode();
  }

  /** All options by name. */
  @Override
  public String toString() {
    return "EncodeOptions" + set.values();
  }

  /** The maximum number of colours: K of a computed palette, or the size of a given one. */
  int colors() {
    return set.palette instanceof PaletteChoice.Given given
        ? given.palette().size()
        : set.computed().colors();
  }

  List<Integer> keepColors() {
    return set.computed().keepColors();
  }

  OptionalInt transparentIndex() {
    return set.computed().transparentIndex();
  }

  Optional<Target> target() {
    return set.computed().target();
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private static final PaletteChoice.Computed COMPUTED = PaletteChoice.computed(256);

    private PaletteChoice palette = COMPUTED;
    private Effort effort = Effort.DEFAULT;
    private Metric metric = Metric.RGB;
    private Dither dither = Dither.NONE;
    private OptionalDouble maxError = OptionalDouble.empty();
    private OptionalDouble rdo = OptionalDouble.empty();
    private List<Method> methods = List.of(Method.PACKED);
    private int maxDecodingCost = Integer.MAX_VALUE;
    private @Nullable Tiling tiles;
    private int threads = Runtime.getRuntime().availableProcessors();
    private List<Chunk> chunks = List.of();

    private Builder() {}

    private Builder(Builder other) {
      palette = other.palette;
      effort = other.effort;
      metric = other.metric;
      dither = other.dither;
      maxError = other.maxError;
      rdo = other.rdo;
      methods = other.methods;
      maxDecodingCost = other.maxDecodingCost;
      tiles = other.tiles;
      threads = other.threads;
      chunks = other.chunks;
    }

    /**
     * The settings of a computed palette; with a given one, the defaults, which set no constraint.
     */
    private PaletteChoice.Computed computed() {
      return palette instanceof PaletteChoice.Computed computed ? computed : COMPUTED;
    }

    private Map<String, @Nullable Object> values() {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("palette", palette);
      values.put("effort", effort);
      values.put("metric", metric);
      values.put("dither", dither);
      values.put("maxError", maxError);
      values.put("rdo", rdo);
      values.put("methods", methods);
      values.put("maxDecodingCost", maxDecodingCost);
      values.put("tileSize", tiles);
      values.put("threads", threads);
      values.put("chunks", chunks);
      return values;
    }

    private boolean has(String type) {
      for (Chunk chunk : chunks) {
        if (chunk.type().equals(type)) {
          return true;
        }
      }
      return false;
    }

    /**
     * Sets {@link EncodeOptions#palette()}.
     *
     * @param value computed or given; computed with 256 colours by default
     * @return this builder
     */
    public Builder palette(PaletteChoice value) {
      palette = Objects.requireNonNull(value, "palette");
      return this;
    }

    /**
     * Sets the maximum number of colours of a computed palette and keeps its other settings. A
     * given palette is replaced by a computed one.
     *
     * @param value K, 1 to 65536; 256 by default
     * @return this builder
     * @throws OptionException if not 1 to 65536
     */
    public Builder colors(int value) {
      palette = computed().withColors(value);
      return this;
    }

    /**
     * Sets {@link EncodeOptions#effort()}.
     *
     * @param value {@code DEFAULT} by default
     * @return this builder
     */
    public Builder effort(Effort value) {
      effort = Objects.requireNonNull(value, "effort");
      return this;
    }

    /**
     * Sets {@link EncodeOptions#metric()}.
     *
     * @param value {@code RGB} by default
     * @return this builder
     */
    public Builder metric(Metric value) {
      metric = Objects.requireNonNull(value, "metric");
      return this;
    }

    /**
     * Sets {@link EncodeOptions#dither()}.
     *
     * @param value {@code NONE} by default
     * @return this builder
     */
    public Builder dither(Dither value) {
      dither = Objects.requireNonNull(value, "dither");
      return this;
    }

    /**
     * Sets {@link EncodeOptions#maxError()}.
     *
     * @param distance Euclidean, in 8-bit RGB, 0 to 441.7; larger ones are always met
     * @return this builder
     * @throws OptionException if negative or NaN
     */
    public Builder maxError(double distance) {
      if (!(distance >= 0)) {
        throw new OptionException(
            "{maxError} must be at least 0, not " + OptionException.number(distance));
      }
      maxError = OptionalDouble.of(distance);
      return this;
    }

    /**
     * Sets {@link EncodeOptions#rdo()}. It needs a method that codes by context ({@code RANS} or
     * {@code MIX}) and no dithering.
     *
     * @param lambda above 0, finite. In Oklab, 1 is mild and 5 is strong; in RGB, 10 is barely
     *     visible in textured areas but shows in smooth ones if K is large, and 100 is strong
     * @return this builder
     * @throws OptionException if not above 0, infinite, or NaN
     */
    public Builder rdo(double lambda) {
      if (!(lambda > 0) || Double.isInfinite(lambda)) {
        throw new OptionException(
            "{rdo} must be above 0 and finite, not " + OptionException.number(lambda));
      }
      rdo = OptionalDouble.of(lambda);
      return this;
    }

    /**
     * Sets {@link EncodeOptions#methods()}; {@code Method.values()} means all.
     *
     * @param values at least one; {@code PACKED} by default
     * @return this builder
     * @throws OptionException if the list is empty or a method occurs twice
     */
    public Builder methods(Method... values) {
      List<Method> list = List.of(Objects.requireNonNull(values, "values"));
      if (list.isEmpty() || new HashSet<>(list).size() < list.size()) {
        throw new OptionException(
            "{methods} must have at least one method and none twice, not "
                + (list.isEmpty() ? "none" : labels(list)));
      }
      methods = list;
      return this;
    }

    /**
     * Sets {@link EncodeOptions#maxDecodingCost()}.
     *
     * @param cost approximate nanoseconds per pixel: that of the method, or more for mix with
     *     matches
     * @return this builder
     * @throws OptionException if below 1
     */
    public Builder maxDecodingCost(int cost) {
      if (cost < 1) {
        throw new OptionException("{maxDecodingCost} must be at least 1, not " + cost);
      }
      maxDecodingCost = cost;
      return this;
    }

    /**
     * Sets the size of tiles.
     *
     * @param width a power of two from 16 to 262144, or 0 for the width of the image
     * @param height the same for the height
     * @return this builder
     * @throws OptionException if a side is neither
     */
    public Builder tileSize(int width, int height) {
      try {
        tiles = Tiling.of(1, 1, width, height);
      } catch (IllegalArgumentException e) {
        throw new OptionException(
            String.format(
                Locale.ROOT,
                "{tileSize} must have sides that are powers of two from 16 to 262144, or the whole"
                    + " image, not %dx%d",
                width,
                height));
      }
      return this;
    }

    /**
     * Sets the tile size to that of another image of any size.
     *
     * @param other the tiling whose size is taken
     * @return this builder
     */
    public Builder tileSize(Tiling other) {
      Objects.requireNonNull(other, "other");
      tiles = new Tiling(1, 1, other.widthCode(), other.heightCode());
      return this;
    }

    /**
     * Sets {@link EncodeOptions#threads()}.
     *
     * @param value at least 1
     * @return this builder
     * @throws OptionException if below 1
     */
    public Builder threads(int value) {
      if (value < 1) {
        throw new OptionException("{threads} must be at least 1, not " + value);
      }
      threads = value;
      return this;
    }

    /**
     * Sets {@link EncodeOptions#chunks()}.
     *
     * @param value the chunks in the order of the file; copied. None by default
     * @return this builder
     */
    public Builder chunks(List<Chunk> value) {
      chunks = List.copyOf(Objects.requireNonNull(value, "chunks"));
      return this;
    }

    /**
     * {@return the options collected so far; the builder may be used again}
     *
     * @throws OptionException if they contradict each other
     */
    public EncodeOptions build() {
      EncodeOptions options = new EncodeOptions(new Builder(this));
      computed().check();
      if (options.target().isPresent() && has(Chunk.PALETTE)) {
        throw new OptionException(
            (options.target().get() instanceof Target.Psnr ? "{targetPsnr}" : "{targetBytes}")
                + " cannot be combined with alternative palettes in {chunks}, which require a fixed"
                + " K");
      }
      if (options.methods().isEmpty()) {
        throw new OptionException(
            String.format(
                Locale.ROOT,
                "{maxDecodingCost} %d excludes all of {methods} %s",
                maxDecodingCost,
                labels(methods)));
      }
      if (rdo.isPresent()) {
        checkRdo(options);
      }
      return options;
    }

    private void checkRdo(EncodeOptions options) {
      if (!codesByContext(methods)) {
        throw new OptionException("{rdo} needs {methods} {=rans}, {=mix} or {=all}");
      }
      if (!codesByContext(options.methods())) {
        throw new OptionException(
            String.format(
                Locale.ROOT,
                "{maxDecodingCost} %d excludes the methods that {rdo} can use: {=rans} costs %d,"
                    + " {=mix} %d",
                maxDecodingCost,
                Method.RANS.decodingCost(),
                Method.MIX.decodingCost()));
      }
      if (dither != Dither.NONE) {
        throw new OptionException("{rdo} cannot be combined with {dither}");
      }
    }

    private static boolean codesByContext(List<Method> methods) {
      return methods.contains(Method.RANS) || methods.contains(Method.MIX);
    }

    /** The names of methods for a message. */
    private static String labels(List<Method> methods) {
      return methods.stream().map(m -> "{=" + m.label() + "}").collect(Collectors.joining(", "));
    }
  }
}
