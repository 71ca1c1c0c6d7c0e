package dev.kmq.imageio;

import dev.kmq.container.Limits;
import javax.imageio.ImageReadParam;
import org.jspecify.annotations.Nullable;

/**
 * How a {@code .kmq} file is read: the settings of {@link ImageReadParam}, and limits. The limits
 * default to the system properties {@code dev.kmq.maxPixels}, {@code dev.kmq.maxRasterBytes} and
 * {@code dev.kmq.maxWork} or, where these are not set, to {@link Limits#defaults()}.
 */
public final class KmqImageReadParam extends ImageReadParam {
  private boolean indexed;
  private @Nullable String paletteName;
  private long maxPixels = Settings.maxPixels();
  private long maxRasterBytes = Settings.maxRasterBytes();
  private long maxWork = Settings.maxWork();

  /** Reads the whole image, within the limits that are set for the application. */
  public KmqImageReadParam() {}

  /** Region, steps, source bands and limits of another param, without its destination. */
  KmqImageReadParam(ImageReadParam other) {
    setSourceRegion(other.getSourceRegion());
    setSourceSubsampling(
        other.getSourceXSubsampling(),
        other.getSourceYSubsampling(),
        other.getSubsamplingXOffset(),
        other.getSubsamplingYOffset());
    setSourceBands(other.getSourceBands());
    if (other instanceof KmqImageReadParam own) {
      paletteName = own.paletteName;
      maxPixels = own.maxPixels;
      maxRasterBytes = own.maxRasterBytes;
      maxWork = own.maxWork;
    }
  }

  /**
   * {@return whether the image is read as an indexed image} The default is false: colours are
   * looked up in the palette.
   */
  public boolean isIndexed() {
    return indexed;
  }

  /**
   * Sets {@link #isIndexed()}. An indexed image is of the type of {@link
   * KmqImageReader#getRawImageType}: it has the palette of the file, in sRGB, and its indices, and
   * takes less memory. A destination or a destination type, if set, takes precedence.
   *
   * @param value whether to keep palette and indices
   */
  public void setIndexed(boolean value) {
    indexed = value;
  }

  /**
   * {@return the name of the alternative palette that the image is read with, or null for its own}
   */
  public @Nullable String getPaletteName() {
    return paletteName;
  }

  /**
   * Sets {@link #getPaletteName()}. Files may hold alternative palettes ({@code pALT}), which the
   * metadata lists. If there is none of this name, reading throws an {@code IIOException} that
   * lists the existing names. The image types then depend on this palette, not on the one that
   * {@link KmqImageReader#getImageTypes} uses: they have alpha if the palette has.
   *
   * @param value the name, or null for the image's own palette
   */
  public void setPaletteName(@Nullable String value) {
    paletteName = value;
  }

  /** {@return the maximum pixels of a region that is read, and of a tile that is decoded for it} */
  public long getMaxPixels() {
    return maxPixels;
  }

  /**
   * Sets {@link #getMaxPixels()}.
   *
   * @param value pixels, 0 or more
   * @throws IllegalArgumentException if negative
   */
  public void setMaxPixels(long value) {
    maxPixels = notNegative("maxPixels", value);
  }

  /**
   * {@return the maximum bytes for the image, the tiles decoded for it and the working memory of
   * one decoding thread together}
   */
  public long getMaxRasterBytes() {
    return maxRasterBytes;
  }

  /**
   * Sets {@link #getMaxRasterBytes()}.
   *
   * @param value bytes, 0 or more
   * @throws IllegalArgumentException if negative
   */
  public void setMaxRasterBytes(long value) {
    maxRasterBytes = notNegative("maxRasterBytes", value);
  }

  /**
   * {@return the maximum work, in units of one pixel of method packed: the pixels of all tiles that
   * the region touches, times {@link dev.kmq.container.Method#decodingCost()}} Decoding takes about
   * as many nanoseconds on one core.
   */
  public long getMaxWork() {
    return maxWork;
  }

  /**
   * Sets {@link #getMaxWork()}.
   *
   * @param value 0 or more
   * @throws IllegalArgumentException if negative
   */
  public void setMaxWork(long value) {
    maxWork = notNegative("maxWork", value);
  }

  private static long notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be at least 0, not " + value);
    }
    return value;
  }
}
