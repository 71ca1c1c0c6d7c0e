package dev.kmq;

import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How an image is encoded; immutable. */
public final class EncodeOptions {
  private final int colors;
  private final Effort effort;
  private final Metric metric;
  private final List<Integer> keepColors;
  private final Dither dither;
  private final OptionalInt transparentIndex;
  private final @Nullable Palette palette;
  private final OptionalDouble targetPsnr;
  private final OptionalLong targetBytes;
  private final OptionalDouble maxError;
  private final OptionalDouble rdo;
  private final List<Method> methods;
  private final int maxDecodingCost;
  private final int tileWidth;
  private final int tileHeight;
  private final int threads;
  private final List<Chunk> chunks;

  private EncodeOptions(Builder builder) {
    this.colors = builder.colors;
    this.effort = builder.effort;
    this.metric = builder.metric;
    this.keepColors = List.copyOf(builder.keepColors);
    this.dither = builder.dither;
    this.transparentIndex = builder.transparentIndex;
    this.palette = builder.palette;
    this.targetPsnr = builder.targetPsnr;
    this.targetBytes = builder.targetBytes;
    this.maxError = builder.maxError;
    this.rdo = builder.rdo;
    this.methods = builder.methods;
    this.maxDecodingCost = builder.maxDecodingCost;
    this.tileWidth = builder.tileWidth;
    this.tileHeight = builder.tileHeight;
    this.threads = builder.threads;
    this.chunks = List.copyOf(builder.chunks);
  }

  /**
   * A builder: 256 colours, default effort, distance in RGB, nothing kept, no dithering, no
   * targets, packed, standard tiling, as many threads as processors, no chunks.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Most colours of the palette, K: 1 to 65536. An image that has fewer keeps exactly those. */
  public int colors() {
    return colors;
  }

  /** How much work goes into the palette. */
  public Effort effort() {
    return effort;
  }

  /**
   * By which distance colours are near. That of translucent colours is measured between their
   * composites half way from black to white, with alpha as a fourth channel.
   */
  public Metric metric() {
    return metric;
  }

  /**
   * ARGB of the colours that are the palette's first entries as they are, in this order. If they
   * use up {@link #colors()}, transparent or opaque pixels may lack an entry; {@link
   * dev.kmq.image.AlphaLoss} finds out.
   */
  public List<Integer> keepColors() {
    return keepColors;
  }

  /** How pixels get their entries. */
  public Dither dither() {
    return dither;
  }

  /**
   * Where in a palette that is looked for the fully transparent entry stands, often 0; the others
   * keep their order, {@link #keepColors()} first. Without it the transparent entry comes where it
   * comes. An image that leads to no such entry, or to no such index, is refused with {@link
   * UnreachableTargetException}. Indexed images keep their order: {@link dev.kmq.image.Reindexing}
   * changes it.
   */
  public OptionalInt transparentIndex() {
    return transparentIndex;
  }

  /**
   * The palette that is given, entries and order kept; {@link #colors()} is ignored then. It should
   * have an entry of alpha 0 if the image has transparent pixels, and one of alpha 255 if it has
   * opaque ones; {@link dev.kmq.image.AlphaLoss} finds out.
   */
  public Optional<Palette> palette() {
    return Optional.ofNullable(palette);
  }

  /**
   * The PSNR in dB that the result reaches with as few colours as can be found, as {@link
   * dev.kmq.image.ColorError} measures it: with alpha, on black and on white.
   */
  public OptionalDouble targetPsnr() {
    return targetPsnr;
  }

  /** The most bytes of the file, of which as many colours as can be found are made. */
  public OptionalLong targetBytes() {
    return targetBytes;
  }

  /**
   * The largest error of a pixel that is accepted, as {@link dev.kmq.image.ColorError} measures it:
   * with alpha, the larger of those on black and on white.
   */
  public OptionalDouble maxError() {
    return maxError;
  }

  /**
   * Lambda of rate-distortion optimised indices: the squared error in 8-bit RGB, three channels
   * added, that one bit less is worth; with alpha, the larger of those on black and on white.
   * Pixels then have the entry of least squared error + lambda * bits, which need not be the
   * nearest. Bits are those that {@link Method#MIX} would take if it is among the methods, else
   * those of {@link Method#RANS}; tiles play no part. This runs on one thread and takes some
   * seconds a megapixel, with a target as often as a K is tried.
   */
  public OptionalDouble rdo() {
    return rdo;
  }

  boolean hasTarget() {
    return targetPsnr.isPresent() || targetBytes.isPresent();
  }

  /**
   * How indices may be stored: the method that makes the smallest file is taken, the first of
   * equals.
   */
  public List<Method> methods() {
    return methods;
  }

  /** The largest cost of decoding that a file may have; see {@link Builder#autoMethod(int)}. */
  int maxDecodingCost() {
    return maxDecodingCost;
  }

  /** Most threads in use at a time; the file never depends on it. */
  public int threads() {
    return threads;
  }

  /** Metadata that goes into the file. */
  public List<Chunk> chunks() {
    return chunks;
  }

  /** ICC exactly when an {@code iCCP} chunk is among {@link #chunks()}, else sRGB. */
  public ColorSpace colorSpace() {
    return chunks.stream().anyMatch(c -> c.type().equals(Chunk.ICCP))
        ? ColorSpace.ICC
        : ColorSpace.SRGB;
  }

  /** How an image of this size is cut into tiles. */
  public Tiling tiling(int width, int height) {
    return tileWidth < 0
        ? Tiling.standard(width, height)
        : Tiling.of(width, height, tileWidth, tileHeight);
  }

  /** Collects options. */
  public static final class Builder {
    private int colors = 256;
    private Effort effort = Effort.DEFAULT;
    private Metric metric = Metric.RGB;
    private List<Integer> keepColors = List.of();
    private Dither dither = Dither.NONE;
    private OptionalInt transparentIndex = OptionalInt.empty();
    private @Nullable Palette palette;
    private OptionalDouble targetPsnr = OptionalDouble.empty();
    private OptionalLong targetBytes = OptionalLong.empty();
    private OptionalDouble maxError = OptionalDouble.empty();
    private OptionalDouble rdo = OptionalDouble.empty();
    private List<Method> methods = List.of(Method.PACKED);
    private int maxDecodingCost = Integer.MAX_VALUE;
    private int tileWidth = -1;
    private int tileHeight = -1;
    private int threads = Runtime.getRuntime().availableProcessors();
    private List<Chunk> chunks = List.of();

    private Builder() {}

    /**
     * Sets {@link EncodeOptions#colors()}.
     *
     * @throws IllegalArgumentException if not 1 to 65536
     */
    public Builder colors(int value) {
      if (value < 1 || value > Palette.MAX_SIZE) {
        throw new IllegalArgumentException("colors is 1 to 65536, not " + value);
      }
      colors = value;
      return this;
    }

    /** Sets {@link EncodeOptions#effort()}. */
    public Builder effort(Effort value) {
      effort = Objects.requireNonNull(value, "effort");
      return this;
    }

    /** Sets {@link EncodeOptions#metric()}. */
    public Builder metric(Metric value) {
      metric = Objects.requireNonNull(value, "metric");
      return this;
    }

    /**
     * Sets {@link EncodeOptions#keepColors()}.
     *
     * @param argb straight alpha, 0xFF for opaque colours; fully transparent ones are all taken for
     *     0x00000000
     * @throws IllegalArgumentException if one occurs twice
     */
    public Builder keepColors(int... argb) {
      List<Integer> colors = new ArrayList<>();
      for (int color : argb) {
        colors.add(color >>> 24 == 0 ? 0 : color);
      }
      if (new HashSet<>(colors).size() < argb.length) {
        throw new IllegalArgumentException("keepColors holds a colour twice");
      }
      keepColors = colors;
      return this;
    }

    /** Sets {@link EncodeOptions#dither()}. */
    public Builder dither(Dither value) {
      dither = Objects.requireNonNull(value, "dither");
      return this;
    }

    /**
     * Sets {@link EncodeOptions#transparentIndex()}.
     *
     * @throws IllegalArgumentException if not 0 to 65535
     */
    public Builder transparentIndex(int index) {
      if (index < 0 || index >= Palette.MAX_SIZE) {
        throw new IllegalArgumentException("transparentIndex is 0 to 65535, not " + index);
      }
      transparentIndex = OptionalInt.of(index);
      return this;
    }

    /** Sets {@link EncodeOptions#palette()}. */
    public Builder palette(Palette value) {
      palette = Objects.requireNonNull(value, "palette");
      return this;
    }

    /**
     * Sets {@link EncodeOptions#targetPsnr()}; {@link EncodeOptions#colors()} is the most that are
     * tried.
     *
     * @param decibel above 0
     * @throws IllegalArgumentException if it is not, infinite, or NaN
     */
    public Builder targetPsnr(double decibel) {
      if (!(decibel > 0) || Double.isInfinite(decibel)) {
        throw new IllegalArgumentException("targetPsnr is above 0 dB, not " + decibel);
      }
      targetPsnr = OptionalDouble.of(decibel);
      return this;
    }

    /**
     * Sets {@link EncodeOptions#targetBytes()}; {@link EncodeOptions#colors()} is the most that are
     * tried.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder targetBytes(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("targetBytes is at least 1, not " + bytes);
      }
      targetBytes = OptionalLong.of(bytes);
      return this;
    }

    /**
     * Sets {@link EncodeOptions#maxError()}.
     *
     * @param distance Euclidean, in 8-bit RGB, 0 to 441.7; larger ones are always met
     * @throws IllegalArgumentException if it is negative or NaN
     */
    public Builder maxError(double distance) {
      if (!(distance >= 0)) {
        throw new IllegalArgumentException("maxError is at least 0, not " + distance);
      }
      maxError = OptionalDouble.of(distance);
      return this;
    }

    /**
     * Sets {@link EncodeOptions#rdo()}: with a method that codes by context, no dithering, and
     * distance in RGB.
     *
     * @param lambda above 0, finite; 10 is little where there is texture, but shows in smooth areas
     *     of an image with many colours; 100 is much
     * @throws IllegalArgumentException if it is not, infinite, or NaN
     */
    public Builder rdo(double lambda) {
      if (!(lambda > 0) || Double.isInfinite(lambda)) {
        throw new IllegalArgumentException("rdo is above 0 and finite, not " + lambda);
      }
      rdo = OptionalDouble.of(lambda);
      return this;
    }

    /** Sets {@link EncodeOptions#methods()} to this one alone. */
    public Builder method(Method value) {
      methods = List.of(value);
      maxDecodingCost = Integer.MAX_VALUE;
      return this;
    }

    /** Sets {@link EncodeOptions#methods()} to all there are. */
    public Builder autoMethod() {
      return autoMethod(Integer.MAX_VALUE);
    }

    /**
     * Sets {@link EncodeOptions#methods()} to all that are decoded within a cost.
     *
     * @param maxDecodingCost the largest {@link dev.kmq.container.Header#decodingCost()}, at least
     *     1: that of the method, or more for mix with matches
     * @throws IllegalArgumentException if below 1, which no method keeps to
     */
    public Builder autoMethod(int maxDecodingCost) {
      if (maxDecodingCost < 1) {
        throw new IllegalArgumentException("maxDecodingCost is at least 1, not " + maxDecodingCost);
      }
      methods =
          Arrays.stream(Method.values()).filter(m -> m.decodingCost() <= maxDecodingCost).toList();
      this.maxDecodingCost = maxDecodingCost;
      return this;
    }

    /**
     * Sets the size of tiles.
     *
     * @param width a power of two from 16 to 262144, or 0 for the image's width
     * @param height the same for the height
     * @throws IllegalArgumentException if a size is neither
     */
    public Builder tileSize(int width, int height) {
      Tiling checked = Tiling.of(1, 1, width, height);
      tileWidth = checked.widthCode() == 0 ? 0 : width;
      tileHeight = checked.heightCode() == 0 ? 0 : height;
      return this;
    }

    /**
     * Sets {@link EncodeOptions#threads()}.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder threads(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("threads is at least 1, not " + value);
      }
      threads = value;
      return this;
    }

    /** Sets {@link EncodeOptions#chunks()}. */
    public Builder chunks(List<Chunk> value) {
      chunks = List.copyOf(value);
      return this;
    }

    /**
     * The options collected so far.
     *
     * @throws IllegalArgumentException if they contradict each other
     */
    public EncodeOptions build() {
      if (targetPsnr.isPresent() && targetBytes.isPresent()) {
        throw new IllegalArgumentException("targetPsnr and targetBytes exclude each other");
      }
      if (palette != null && (targetPsnr.isPresent() || targetBytes.isPresent())) {
        throw new IllegalArgumentException("a palette that is given excludes targets");
      }
      if (keepColors.size() > colors) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "keepColors holds %d colours, more than colors = %d",
                keepColors.size(),
                colors));
      }
      if (palette != null && !keepColors.isEmpty()) {
        throw new IllegalArgumentException("a palette that is given excludes keepColors");
      }
      if (palette != null && transparentIndex.isPresent()) {
        throw new IllegalArgumentException("a palette that is given excludes transparentIndex");
      }
      if (transparentIndex.isPresent() && transparentIndex.getAsInt() >= colors) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "transparentIndex is below colors = %d, not %d",
                colors,
                transparentIndex.getAsInt()));
      }
      if ((targetPsnr.isPresent() || targetBytes.isPresent())
          && chunks.stream().anyMatch(c -> c.type().equals(Chunk.PALETTE))) {
        throw new IllegalArgumentException("pALT chunks, which are for one K, exclude targets");
      }
      if (rdo.isPresent()) {
        checkRdo();
      }
      return new EncodeOptions(this);
    }

    private void checkRdo() {
      if (methods.stream().allMatch(m -> m == Method.PACKED || m == Method.DEFLATE)) {
        throw new IllegalArgumentException(
            "rdo needs a method whose cost depends on the context, rans or mix; methods are "
                + methods);
      }
      if (dither != Dither.NONE) {
        throw new IllegalArgumentException("rdo and dither exclude each other");
      }
      if (metric != Metric.RGB) {
        throw new IllegalArgumentException("rdo measures error in RGB, metric says " + metric);
      }
    }
  }
}
