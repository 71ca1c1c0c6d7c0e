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
 * <p>Compression types are the index methods: {@code Packed}, which is the default, {@code
 * Deflate}, {@code Rans} and {@code Mix}, and {@code Auto} for the one of them that makes the
 * smallest file. Compression quality q sets the most colours of the palette, K = round(2^(1 + 7q)):
 * 256 for 1.0, the default, and 2 for 0.0; {@link #setColors} sets K itself and wins.
 *
 * <p>As long as neither is set, an image that comes with metadata of this format keeps the method
 * and the tiles that this tells of.
 *
 * <p>Tiles, which can be read one by one, are set by {@link #setTiling} or {@link #setTileSize};
 * their sides are powers of two from 16 to 262144. By default an image of more than 2^22 pixels is
 * cut into tiles of 1024x1024.
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

  /** {@code Packed}, 256 colours, tiles for large images only. */
  public KmqImageWriteParam() {
    this(null);
  }

  /** As {@link #KmqImageWriteParam()}, for descriptions in a language. */
  public KmqImageWriteParam(@Nullable Locale locale) {
    super(locale);
    canWriteCompressed = true;
    compressionTypes =
        Stream.concat(Arrays.stream(Method.values()).map(KmqImageWriteParam::name), Stream.of(AUTO))
            .toArray(String[]::new);
    compressionType = compressionTypes[0];
    canWriteTiles = true;
    preferredTileSizes =
        new Dimension[] {
          new Dimension(LEAST_TILE, LEAST_TILE), new Dimension(MOST_TILE, MOST_TILE)
        };
  }

  /** The compression type of a method. */
  static String name(Method method) {
    return method.label().substring(0, 1).toUpperCase(Locale.ROOT) + method.label().substring(1);
  }

  /**
   * The method, or null if the smallest file decides.
   *
   * @param known what metadata says, which holds in mode {@code MODE_COPY_FROM_METADATA}
   */
  @Nullable Method method(@Nullable Method known) {
    if (compressionMode == MODE_COPY_FROM_METADATA && known != null) {
      return known;
    }
    String chosen = compressionMode == MODE_EXPLICIT ? compressionType : compressionTypes[0];
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
    if (method == null) {
      options.methods(Method.values()).maxDecodingCost(maxDecodingCost);
    } else {
      options.methods(method);
    }
  }

  /** The name of an option of {@link EncodeOptions} as the properties of this class have it. */
  static String property(String option) {
    return option.equals("methods") ? "compressionType" : option;
  }

  /** Whether the file loses nothing depends on the picture: none is lost with K colours at most. */
  @Override
  public boolean isCompressionLossless() {
    super.isCompressionLossless();
    return false;
  }

  @Override
  public void unsetCompression() {
    super.unsetCompression();
    compressionType = compressionTypes[0];
  }

  /** The qualities of 2, 4, 8, ... 256 colours, which are the ends of the ranges described. */
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
   * Most colours of the palette: those set, else what the compression quality says; 256 at first.
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
   * Sets {@link #getColors()}, whatever the compression quality says.
   *
   * @throws IllegalArgumentException if not 1 to 65536
   */
  public void setColors(int value) {
    colors = PaletteChoice.computed(value).colors();
  }

  /** Leaves the number of colours to the compression quality again. */
  public void unsetColors() {
    colors = 0;
  }

  /**
   * Most colours that are left of an indexed image: as many as it has, unless colours have been set
   * or a quality below 1.
   */
  int colorsOfIndexed() {
    boolean asked = colors > 0 || compressionMode == MODE_EXPLICIT && compressionQuality < 1;
    return asked ? getColors() : Palette.MAX_SIZE;
  }

  /** How much work goes into the palette; {@code DEFAULT} at first. */
  public Effort getEffort() {
    return effort;
  }

  /** Sets {@link #getEffort()}. */
  public void setEffort(Effort value) {
    effort = Objects.requireNonNull(value, "effort");
  }

  /** How pixels get their colours where the palette lacks theirs; {@code NONE} at first. */
  public Dither getDither() {
    return dither;
  }

  /** Sets {@link #getDither()}. */
  public void setDither(Dither value) {
    dither = Objects.requireNonNull(value, "dither");
  }

  /** Which colours count as near; {@code RGB} at first. */
  public Metric getMetric() {
    return metric;
  }

  /** Sets {@link #getMetric()}. */
  public void setMetric(Metric value) {
    metric = Objects.requireNonNull(value, "metric");
  }

  /**
   * ARGB of the colours that are the palette's first entries as they are; none at first. The writer
   * warns if they leave no entry for transparent or opaque pixels.
   */
  public int[] getKeepColors() {
    return keepColors.clone();
  }

  /**
   * Sets {@link #getKeepColors()}.
   *
   * @param argb straight alpha; give opaque colours 0xFF
   * @throws IllegalArgumentException if one occurs twice
   */
  public void setKeepColors(int... argb) {
    PaletteChoice.computed(1).withKeepColors(argb);
    keepColors = argb.clone();
  }

  /** The index of the fully transparent entry, or null if it comes where it comes. */
  public @Nullable Integer getTransparentIndex() {
    return transparentIndex;
  }

  /**
   * Sets {@link #getTransparentIndex()}, often to 0. In a palette that is looked for the other
   * entries keep their order; in one that comes with the image, its metadata or {@link #setPalette}
   * the two entries change places, and all others keep theirs. An image whose palette has no entry
   * of alpha 0, several of them, or no such index is not written, but an {@code IIOException}
   * thrown.
   *
   * @param index 0 to 65535, or null
   * @throws IllegalArgumentException if it is another number
   */
  public void setTransparentIndex(@Nullable Integer index) {
    if (index != null) {
      PaletteChoice.computed(1).withTransparentIndex(index);
    }
    transparentIndex = index;
  }

  /** The palette that is taken, entries and order kept, or null if one is looked for. */
  public @Nullable Palette getPalette() {
    return palette;
  }

  /** Sets {@link #getPalette()}; number of colours and quality play no part then. */
  public void setPalette(@Nullable Palette value) {
    palette = value;
  }

  /** The PSNR in dB to be reached with as few colours as can be found, or null. */
  public @Nullable Double getTargetPsnr() {
    return targetPsnr;
  }

  /**
   * Sets {@link #getTargetPsnr()}; {@link #getColors()} is the most that are tried. An image that
   * does not reach it is not written: an {@code IIOException} tells how near it came.
   *
   * @param decibel above 0, or null for no target
   * @throws IllegalArgumentException if it is not, infinite, or NaN
   */
  public void setTargetPsnr(@Nullable Double decibel) {
    targetPsnr = decibel == null ? null : (Double) new Target.Psnr(decibel).decibels();
  }

  /** The most bytes of the file, of which as many colours as can be found are made, or null. */
  public @Nullable Long getTargetBytes() {
    return targetBytes;
  }

  /**
   * Sets {@link #getTargetBytes()}; {@link #getColors()} is the most that are tried. An image that
   * does not fit is not written; an {@code IIOException} reports the smallest size that was found.
   *
   * @param bytes at least 1, or null for no target
   * @throws IllegalArgumentException if below 1
   */
  public void setTargetBytes(@Nullable Long bytes) {
    targetBytes = bytes == null ? null : (Long) new Target.Bytes(bytes).bytes();
  }

  /** The largest error of a pixel that is accepted, Euclidean in 8-bit RGB, or null. */
  public @Nullable Double getMaxError() {
    return maxError;
  }

  /**
   * Sets {@link #getMaxError()}. An image with a larger one is not written, but an {@code
   * IIOException} thrown.
   *
   * @param distance at least 0, or null for any
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public void setMaxError(@Nullable Double distance) {
    if (distance != null) {
      EncodeOptions.builder().maxError(distance);
    }
    maxError = distance;
  }

  /** Lambda of rate-distortion optimised indices, or null for the nearest colours. */
  public @Nullable Double getRdo() {
    return rdo;
  }

  /**
   * Sets {@link #getRdo()}: the squared error in 8-bit RGB that a bit is worth. It needs
   * compression type {@code Rans}, {@code Mix} or {@code Auto}, no dithering, and distance in RGB;
   * bits are those that {@code Mix} would take if it is tried, else those of {@code Rans}.
   *
   * @param lambda above 0, or null
   * @throws IllegalArgumentException if it is not, infinite, or NaN
   */
  public void setRdo(@Nullable Double lambda) {
    if (lambda != null) {
      EncodeOptions.builder().rdo(lambda);
    }
    rdo = lambda;
  }

  /** Everything about the palette and the pixels. */
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

  /** Whether there are entries that are not computed. */
  boolean prescribesEntries() {
    return palette != null || keepColors.length > 0;
  }

  /** Whether an indexed image gets another palette than its own. */
  boolean asksForAnotherPalette() {
    return palette != null
        || targetPsnr != null
        || targetBytes != null
        || rdo != null
        || keepColors.length > 0;
  }

  /**
   * With type {@code Auto} the largest {@link Method#decodingCost()} of the methods that are tried;
   * without a limit at first.
   */
  public int getMaxDecodingCost() {
    return maxDecodingCost;
  }

  /**
   * Sets {@link #getMaxDecodingCost()}.
   *
   * @throws IllegalArgumentException if below 1, which no method keeps to
   */
  public void setMaxDecodingCost(int value) {
    EncodeOptions.builder().maxDecodingCost(value);
    maxDecodingCost = value;
  }

  /** Most threads that encode; the file never depends on it. */
  public int getThreads() {
    return threads;
  }

  /**
   * Sets {@link #getThreads()}.
   *
   * @throws IllegalArgumentException if below 1
   */
  public void setThreads(int value) {
    EncodeOptions.builder().threads(value);
    threads = value;
  }

  /**
   * Side of the square tiles: 0 for one tile of the image's size, -1 if the writer chooses or tiles
   * are not square.
   */
  public int getTileSize() {
    if (tilingMode == MODE_DISABLED) {
      return 0;
    }
    return tilingMode == MODE_EXPLICIT && tilingSet && tileWidth == tileHeight ? tileWidth : -1;
  }

  /**
   * Sets the side of square tiles, and the tiling mode to go with it.
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
   * Sets the tiles of an image; a tile no smaller than the image is as large as it.
   *
   * @param known what metadata says, which holds in mode {@code MODE_COPY_FROM_METADATA} for an
   *     image of the same size
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
