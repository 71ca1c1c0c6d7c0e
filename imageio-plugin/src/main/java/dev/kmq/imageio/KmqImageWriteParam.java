package dev.kmq.imageio;

import dev.kmq.EncodeOptions;
import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.Palette;
import java.awt.Dimension;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageWriteParam;
import org.jspecify.annotations.Nullable;

/**
 * How a {@code .kmq} file is written.
 *
 * <p>Compression types are the index methods: {@code Packed}, which is the default, and the others
 * that the codec knows. Compression quality q sets the most colours of the palette, K = round(2^(1
 * + 7q)): 256 for 1.0, the default, and 2 for 0.0; {@link #setColors} sets K itself and wins.
 *
 * <p>Tiles, which can be read one by one, are set by {@link #setTiling} or {@link #setTileSize};
 * their sides are powers of two from 16 to 262144. By default a picture of more than 2^22 pixels is
 * cut into tiles of 1024x1024.
 */
public final class KmqImageWriteParam extends ImageWriteParam {
  private static final int LEAST_TILE = 16;
  private static final int MOST_TILE = 1 << 18;
  private static final int BITS = 8;

  private int colors;
  private Effort effort = Effort.DEFAULT;
  private Dither dither = Dither.NONE;
  private int threads = Settings.threads();

  /** {@code Packed}, 256 colours, tiles for large pictures only. */
  public KmqImageWriteParam() {
    this(null);
  }

  /** As {@link #KmqImageWriteParam()}, for descriptions in a language. */
  public KmqImageWriteParam(@Nullable Locale locale) {
    super(locale);
    canWriteCompressed = true;
    compressionTypes =
        Arrays.stream(Method.values()).map(KmqImageWriteParam::name).toArray(String[]::new);
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

  Method method() {
    String chosen = compressionMode == MODE_EXPLICIT ? compressionType : compressionTypes[0];
    for (Method method : Method.values()) {
      if (name(method).equals(chosen)) {
        return method;
      }
    }
    throw new IllegalStateException("no compression type has been set");
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
    if (value < 1 || value > Palette.MAX_SIZE) {
      throw new IllegalArgumentException("colors is 1 to 65536, not " + value);
    }
    colors = value;
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
    if (value < 1) {
      throw new IllegalArgumentException("threads is at least 1, not " + value);
    }
    threads = value;
  }

  /**
   * Side of the square tiles: 0 for one tile of the picture's size, -1 if the writer chooses or
   * tiles are not square.
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
    if (value <= 0) {
      if (value < -1) {
        throw illegalTile(value, value);
      }
      setTilingMode(value == 0 ? MODE_DISABLED : MODE_DEFAULT);
      return;
    }
    checkTile(value, value);
    setTilingMode(MODE_EXPLICIT);
    setTiling(value, value, 0, 0);
  }

  /** Sets the tiles of a picture; a tile no smaller than the picture is as large as it. */
  void tiling(EncodeOptions.Builder options, int pictureWidth, int pictureHeight) {
    if (tilingMode == MODE_DISABLED) {
      options.tileSize(0, 0);
    } else if (tilingMode == MODE_EXPLICIT && tilingSet) {
      options.tileSize(
          tileWidth >= pictureWidth ? 0 : tileWidth, tileHeight >= pictureHeight ? 0 : tileHeight);
    }
  }

  @Override
  public void setTiling(int width, int height, int gridX, int gridY) {
    if (getTilingMode() == MODE_EXPLICIT) {
      checkTile(width, height);
    }
    super.setTiling(width, height, gridX, gridY);
  }

  private static void checkTile(int width, int height) {
    if (!isTileSide(width) || !isTileSide(height)) {
      throw illegalTile(width, height);
    }
  }

  private static boolean isTileSide(int side) {
    return side >= LEAST_TILE && side <= MOST_TILE && Integer.bitCount(side) == 1;
  }

  private static IllegalArgumentException illegalTile(int width, int height) {
    return new IllegalArgumentException(
        "a tile side is a power of two from 16 to 262144, not %d x %d".formatted(width, height));
  }
}
