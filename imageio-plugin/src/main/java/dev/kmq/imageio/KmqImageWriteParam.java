package dev.kmq.imageio;

import dev.kmq.EncodeOptions;
import dev.kmq.PaletteChoice;
import dev.kmq.Target;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.awt.Dimension;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageWriteParam;
import org.jspecify.annotations.Nullable;

/**
 * How a {@code .kmq} file is written.
 *
 * <p>Compression types are the index methods: {@code Packed} (the default, unless the system
 * property {@code dev.kmq.method} names another), {@code Deflate}, {@code Rans} and {@code Mix}, or
 * {@code Auto} for the smallest file of all four. Compression quality q sets the maximum number of
 * colours, K = round(2^(1 + 7q)): 256 for 1.0, the default, and 2 for 0.0; {@link #setColors} sets
 * K itself and takes precedence.
 *
 * <p>Setters refuse values out of range. Settings that contradict each other are refused when the
 * image is written, with an {@link IllegalArgumentException}: both targets; a palette with a target
 * or kept colours; {@code rdo} with dithering, or without {@code Rans}, {@code Mix} or {@code
 * Auto}; a maximum decoding cost that excludes every method.
 *
 * <p>Unless a compression mode or tiles are set, an image with metadata of this format keeps the
 * index method and the tile size recorded there.
 *
 * <p>Tiles, which can be read one by one, are set by {@link #setTiling} or {@link #setTileSize};
 * their sides are powers of two from 16 to 262144. By default an image of more than 2^22 pixels is
 * cut into tiles of 1024x1024, or of 512x512 for method mix.
 */
public final class KmqImageWriteParam extends ImageWriteParam {
  private static final int LEAST_TILE = 16;
  private static final int MOST_TILE = 1 << 18;
  private static final int BITS = 8;
  private static final String AUTO = "Auto";

  private int colors;
  private Effort effort = Effort.DEFAULT;
  private Metric metric = Metric.RGB;
  private int[] keepColors = {};
  private Dither dither = Dither.NONE;
  private @Nullable Integer transparentIndex;
  private @Nullable Palette palette;
  private @Nullable Double targetPsnr;
  private @Nullable Long targetBytes;
  private @Nullable Double maxError;
  private @Nullable Double rdo;
  private int maxDecodingCost = Integer.MAX_VALUE;
  private int threads = Settings.threads();
  private final String standardType = type(Settings.method());

  /**
   * {@code Packed}, or the method of {@code dev.kmq.method}; 256 colours; tiles for large images
   * only.
   *
   * @throws IllegalArgumentException if a system property has an invalid value
   */
  public KmqImageWriteParam() {
    this(null);
  }

  /**
   * As {@link #KmqImageWriteParam()}, with descriptions in the language of a locale.
   *
   * @param locale null for the default locale
   */
  public KmqImageWriteParam(@Nullable Locale locale) {
    super(locale);
    canWriteCompressed = true;
    compressionTypes =
        Stream.concat(Arrays.stream(Method.values()).map(KmqImageWriteParam::name), Stream.of(AUTO))
            .toArray(String[]::new);
    compressionType = standardType;
    canWriteTiles = true;
    preferredTileSizes =
        new Dimension[] {
          new Dimension(LEAST_TILE, LEAST_TILE), new Dimension(MOST_TILE, MOST_TILE)
        };
  }

  /** The compression type of a method, or of null for the smallest file. */
  private static String type(@Nullable Method method) {
    return method == null ? AUTO : name(method);
  }

  /** The compression type of a method. */
  static String name(Method method) {
    return type(method.label());
  }

  /** The compression type of a method's label, or of {@code all}. */
  static String type(String method) {
    return method.equals("all")
        ? AUTO
        : method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
  }

  /**
   * The method, or null if the smallest file is chosen.
   *
   * @param known facts of the metadata, used in mode {@code MODE_COPY_FROM_METADATA}
   */
  @Nullable Method method(@Nullable Method known) {
    if (compressionMode == MODE_COPY_FROM_METADATA && known != null) {
      return known;
    }
    String chosen = compressionMode == MODE_EXPLICIT ? compressionType : standardType;
    if (chosen == null) {
      throw new IllegalStateException("no compression type has been set");
    }
    return Arrays.stream(Method.values())
        .filter(method -> name(method).equals(chosen))
        .findFirst()
        .orElse(null);
  }

  /** Sets the method or methods. */
  void methods(EncodeOptions.Builder options, @Nullable Method known) {
    Method method = method(known);
    options
        .methods(method == null ? Method.values() : new Method[] {method})
        .maxDecodingCost(maxDecodingCost);
  }

  /** The name of the property of this class for an option of {@link EncodeOptions}. */
  static String property(String option) {
    return option.equals("methods") ? "compressionType" : option;
  }

  /** Always false: only images with at most K colours are stored without loss. */
  @Override
  public boolean isCompressionLossless() {
    super.isCompressionLossless();
    return false;
  }

  @Override
  public void unsetCompression() {
    super.unsetCompression();
    compressionType = standardType;
  }

  /** The qualities of 2, 4, 8, ... 256 colours, the bounds of the described ranges. */
  @Override
  public float[] getCompressionQualityValues() {
    super.getCompressionQualityValues();
    float[] values = new float[BITS];
    for (int i = 0; i < BITS; i++) {
      values[i] = i / (BITS - 1f);
    }
    return values;
  }

  @Override
  public String[] getCompressionQualityDescriptions() {
    super.getCompressionQualityDescriptions();
    String[] descriptions = new String[BITS - 1];
    for (int i = 0; i < descriptions.length; i++) {
      descriptions[i] = (2 << i) + " - " + (4 << i);
    }
    return descriptions;
  }

  /**
   * {@return the maximum number of colours: the value set, otherwise the one of the compression
   * quality; the default is 256}
   */
  public int getColors() {
    if (colors > 0) {
      return colors;
    }
    return compressionMode == MODE_EXPLICIT
        ? (int) Math.round(Math.pow(2, 1 + (BITS - 1) * (double) compressionQuality))
        : 1 << BITS;
  }

  /**
   * Sets {@link #getColors()}, which overrides the compression quality.
   *
   * @param value K, 1 to 65536
   * @throws IllegalArgumentException if not 1 to 65536
   */
  public void setColors(int value) {
    colors = PaletteChoice.computed(value).colors();
  }

  /** Resets the number of colours to that of the compression quality. */
  public void unsetColors() {
    colors = 0;
  }

  /**
   * Maximum number of colours of an indexed image: unlimited unless colours or a quality below 1
   * are set.
   */
  int colorsOfIndexed() {
    boolean asked = colors > 0 || compressionMode == MODE_EXPLICIT && compressionQuality < 1;
    return asked ? getColors() : Palette.MAX_SIZE;
  }

  /** {@return the effort spent on the palette; the default is {@code DEFAULT}} */
  public Effort getEffort() {
    return effort;
  }

  /**
   * Sets {@link #getEffort()}.
   *
   * @param value {@code DEFAULT} by default
   */
  public void setEffort(Effort value) {
    effort = Objects.requireNonNull(value, "effort");
  }

  /**
   * Dithering; the default is {@code NONE}.
   *
   * @return the dithering
   */
  public Dither getDither() {
    return dither;
  }

  /**
   * Sets {@link #getDither()}.
   *
   * @param value {@code NONE} by default
   */
  public void setDither(Dither value) {
    dither = Objects.requireNonNull(value, "dither");
  }

  /** {@return the colour distance; the default is {@code RGB}} */
  public Metric getMetric() {
    return metric;
  }

  /**
   * Sets {@link #getMetric()}.
   *
   * @param value {@code RGB} by default
   */
  public void setMetric(Metric value) {
    metric = Objects.requireNonNull(value, "metric");
  }

  /**
   * {@return ARGB of the fixed first entries of the palette; none by default} The writer warns if
   * they leave no entry for transparent or opaque pixels.
   */
  public int[] getKeepColors() {
    return keepColors.clone();
  }

  /**
   * Sets {@link #getKeepColors()}.
   *
   * @param argb straight alpha; 0xFF for opaque colours
   * @throws IllegalArgumentException if a colour occurs twice
   */
  public void setKeepColors(int... argb) {
    PaletteChoice.computed(1).withKeepColors(argb);
    keepColors = argb.clone();
  }

  /** {@return the index of the fully transparent entry, or null for any} */
  public @Nullable Integer getTransparentIndex() {
    return transparentIndex;
  }

  /**
   * Sets {@link #getTransparentIndex()}, often to 0. In a computed palette the other entries keep
   * their order. In a palette from the image, its metadata or {@link #setPalette} the two entries
   * are swapped. If the palette has no entry of alpha 0, several of them, or no such index, writing
   * throws an {@code IIOException}.
   *
   * @param index 0 to 65535, or null
   * @throws IllegalArgumentException if out of range
   */
  public void setTransparentIndex(@Nullable Integer index) {
    if (index != null) {
      PaletteChoice.computed(1).withTransparentIndex(index);
    }
    transparentIndex = index;
  }

  /**
   * {@return the given palette, used with its entries and their order unchanged, or null to compute
   * one}
   */
  public @Nullable Palette getPalette() {
    return palette;
  }

  /**
   * Sets {@link #getPalette()}; the number of colours and the quality are then ignored. It cannot
   * be combined with a target or kept colours.
   *
   * @param value 1 to 65536 entries, or null to compute a palette
   */
  public void setPalette(@Nullable Palette value) {
    palette = value;
  }

  /** {@return the PSNR in dB to reach with the smallest palette, or null} */
  public @Nullable Double getTargetPsnr() {
    return targetPsnr;
  }

  /**
   * Sets {@link #getTargetPsnr()}; at most {@link #getColors()} colours are tried. If the PSNR is
   * not reached, nothing is written and an {@code IIOException} reports the highest PSNR found. It
   * cannot be combined with {@link #setTargetBytes}, {@link #setPalette}, or alternative palettes
   * in the metadata.
   *
   * @param decibel above 0, or null for no target
   * @throws IllegalArgumentException if not above 0, infinite, or NaN
   */
  public void setTargetPsnr(@Nullable Double decibel) {
    targetPsnr = decibel == null ? null : (Double) new Target.Psnr(decibel).decibels();
  }

  /**
   * {@return the maximum size of the file in bytes, for which the largest palette that fits is
   * used, or null}
   */
  public @Nullable Long getTargetBytes() {
    return targetBytes;
  }

  /**
   * Sets {@link #getTargetBytes()}; at most {@link #getColors()} colours are tried. If no palette
   * fits, nothing is written and an {@code IIOException} reports the smallest size found. It cannot
   * be combined with {@link #setTargetPsnr}, {@link #setPalette}, or alternative palettes in the
   * metadata.
   *
   * @param bytes at least 1, or null for no target
   * @throws IllegalArgumentException if below 1
   */
  public void setTargetBytes(@Nullable Long bytes) {
    targetBytes = bytes == null ? null : (Long) new Target.Bytes(bytes).bytes();
  }

  /**
   * {@return the maximum accepted error of a pixel, as Euclidean distance in 8-bit RGB, 0 to 441.7,
   * or null}
   */
  public @Nullable Double getMaxError() {
    return maxError;
  }

  /**
   * Sets {@link #getMaxError()}. If a pixel exceeds it, nothing is written and an {@code
   * IIOException} is thrown.
   *
   * @param distance at least 0, or null for no limit
   * @throws IllegalArgumentException if negative or NaN
   */
  public void setMaxError(@Nullable Double distance) {
    if (distance != null) {
      EncodeOptions.builder().maxError(distance);
    }
    maxError = distance;
  }

  /** {@return lambda of rate-distortion optimised indices, or null for the nearest colours} */
  public @Nullable Double getRdo() {
    return rdo;
  }

  /**
   * Sets {@link #getRdo()}: the error that a bit is worth, as {@link EncodeOptions#rdo()} defines
   * it for either metric. It needs compression type {@code Rans}, {@code Mix} or {@code Auto} and
   * no dithering; bits are those that {@code Mix} would take if it is tried, else those of {@code
   * Rans}.
   *
   * @param lambda above 0, or null
   * @throws IllegalArgumentException if not above 0, infinite, or NaN
   */
  public void setRdo(@Nullable Double lambda) {
    if (lambda != null) {
      EncodeOptions.builder().rdo(lambda);
    }
    rdo = lambda;
  }

  /** All options of the palette and the pixels. */
  void quantizing(EncodeOptions.Builder options) {
    options.palette(choice()).effort(effort).metric(metric).dither(dither);
    if (maxError != null) {
      options.maxError(maxError);
    }
    if (rdo != null) {
      options.rdo(rdo);
    }
  }

  private PaletteChoice choice() {
    PaletteChoice.Computed computed =
        PaletteChoice.computed(getColors()).withKeepColors(keepColors);
    if (palette == null && transparentIndex != null && transparentIndex < getColors()) {
      computed = computed.withTransparentIndex(transparentIndex);
    }
    Optional<Target> target = Target.of(targetPsnr, targetBytes);
    return PaletteChoice.of(palette, target.map(computed::withTarget).orElse(computed));
  }

  /** Whether the palette has given or kept entries. */
  boolean prescribesEntries() {
    return palette != null || keepColors.length > 0;
  }

  /**
   * {@return the maximum {@link Method#decodingCost()} of the methods that may be used; unlimited
   * by default}
   */
  public int getMaxDecodingCost() {
    return maxDecodingCost;
  }

  /**
   * Sets {@link #getMaxDecodingCost()}.
   *
   * @param value nanoseconds per pixel, at least 1
   * @throws IllegalArgumentException if below 1, the lowest cost of any method
   */
  public void setMaxDecodingCost(int value) {
    EncodeOptions.builder().maxDecodingCost(value);
    maxDecodingCost = value;
  }

  /** {@return the maximum number of encoding threads; the file does not depend on it} */
  public int getThreads() {
    return threads;
  }

  /**
   * Sets {@link #getThreads()}.
   *
   * @param value at least 1
   * @throws IllegalArgumentException if below 1
   */
  public void setThreads(int value) {
    EncodeOptions.builder().threads(value);
    threads = value;
  }

  /**
   * {@return the side of square tiles; 0 for a single tile, -1 if the writer chooses or tiles are
   * not square}
   */
  public int getTileSize() {
    if (tilingMode == MODE_DISABLED) {
      return 0;
    }
    return tilingMode == MODE_EXPLICIT && tilingSet && tileWidth == tileHeight ? tileWidth : -1;
  }

  /**
   * Sets the side of square tiles, and the matching tiling mode.
   *
   * @param value a power of two from 16 to 262144, 0 for one tile, or -1 to let the writer choose
   * @throws IllegalArgumentException if none of these
   */
  public void setTileSize(int value) {
    if (value == -1) {
      setTilingMode(MODE_DEFAULT);
      return;
    }
    EncodeOptions.builder().tileSize(value, value);
    setTilingMode(value == 0 ? MODE_DISABLED : MODE_EXPLICIT);
    if (value > 0) {
      setTiling(value, value, 0, 0);
    }
  }

  /**
   * Sets the tiles of an image; tiles at least as large as the image become one tile of its size.
   *
   * @param known facts of the metadata, used in mode {@code MODE_COPY_FROM_METADATA} for an image
   *     of the same size
   */
  void tiling(
      EncodeOptions.Builder options, int pictureWidth, int pictureHeight, @Nullable Tiling known) {
    if (tilingMode == MODE_COPY_FROM_METADATA
        && known != null
        && known.width() == pictureWidth
        && known.height() == pictureHeight) {
      options.tileSize(known);
    } else if (tilingMode == MODE_DISABLED) {
      options.tileSize(0, 0);
    } else if (tilingMode == MODE_EXPLICIT && tilingSet) {
      options.tileSize(
          tileWidth >= pictureWidth ? 0 : tileWidth, tileHeight >= pictureHeight ? 0 : tileHeight);
    }
  }

  @Override
  public void setTiling(int width, int height, int gridX, int gridY) {
    if (getTilingMode() == MODE_EXPLICIT && width > 0 && height > 0) {
      EncodeOptions.builder().tileSize(width, height);
    }
    super.setTiling(width, height, gridX, gridY);
  }
}
