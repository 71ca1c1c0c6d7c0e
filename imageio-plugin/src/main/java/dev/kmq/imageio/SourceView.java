package dev.kmq.imageio;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import org.jspecify.annotations.Nullable;

/**
 * The part of an image or a raster that is written: a region, subsampled, with rows on demand. The
 * image may have its corner anywhere and be tiled.
 */
final class SourceView {
  /** Rows requested at a time from an image that is not entirely in memory. */
  private static final int FETCHED_ROWS = 64;

  /** The most pixels of those rows, unless one row has more. */
  private static final int FETCHED_PIXELS = 1 << 22;

  /**
   * Minimum number of pixels for a raster of their own, whose creation takes as long as some
   * hundred pixels.
   */
  private static final int BLOCK_PIXELS = 1 << 12;

  private final @Nullable RenderedImage image;
  private final @Nullable Raster raster;
  private final Rectangle region;
  private final int stepX;
  private final int stepY;
  private final int @Nullable [] bands;
  private @Nullable Raster fetched;

  /** All of an image. */
  SourceView(RenderedImage image) {
    this(new IIOImage(image, null, null), new ImageWriteParam(null));
  }

  SourceView(IIOImage source, ImageWriteParam param) {
    this.raster = source.hasRaster() ? source.getRaster() : null;
    this.image = source.hasRaster() ? null : source.getRenderedImage();
    this.region = bounds();
    this.stepX = param.getSourceXSubsampling();
    this.stepY = param.getSourceYSubsampling();
    this.bands = chosen(param.getSourceBands(), sample().getNumBands());
    Rectangle asked = param.getSourceRegion();
    if (asked != null) {
      region.setBounds(region.intersection(asked));
    }
    region.x += param.getSubsamplingXOffset();
    region.y += param.getSubsamplingYOffset();
    region.width -= param.getSubsamplingXOffset();
    region.height -= param.getSubsamplingYOffset();
    if (region.width < 1 || region.height < 1) {
      throw new IllegalArgumentException("the source region holds no pixel of the image");
    }
  }

  private Rectangle bounds() {
    if (raster != null) {
      return raster.getBounds();
    }
    RenderedImage from = image();
    return new Rectangle(from.getMinX(), from.getMinY(), from.getWidth(), from.getHeight());
  }

  private RenderedImage image() {
    if (image == null) {
      throw new IllegalStateException("there is a raster only");
    }
    return image;
  }

  private SampleModel sample() {
    return raster != null ? raster.getSampleModel() : image().getSampleModel();
  }

  private static int @Nullable [] chosen(int @Nullable [] bands, int available) {
    if (bands == null) {
      return null;
    }
    boolean all = bands.length == available;
    for (int i = 0; i < bands.length; i++) {
      if (bands[i] >= available) {
        throw new IllegalArgumentException(
            "source band " + bands[i] + " is not one of the " + available + " bands of the image");
      }
      all &= bands[i] == i;
    }
    return all ? null : bands;
  }

  /** Width in pixels of what is written. */
  int width() {
    return (region.width + stepX - 1) / stepX;
  }

  /** Height in pixels of what is written. */
  int height() {
    return (region.height + stepY - 1) / stepY;
  }

  /** Number of bands that are written. */
  int bands() {
    return bands == null ? sample().getNumBands() : bands.length;
  }

  /** Best number of rows to request from {@link #rows} at a time; 1 if the image is subsampled. */
  int blockRows() {
    boolean all = stepX == 1 && stepY == 1;
    return all ? Math.max(1, Math.min(FETCHED_ROWS, BLOCK_PIXELS / region.width)) : 1;
  }

  /** Width in pixels of {@link #rows}. */
  int rowWidth() {
    return region.width;
  }

  /** Columns of {@link #rows} from one pixel to the next. */
  int stepX() {
    return stepX;
  }

  /** The image's colours; null if it has none, is a raster, or not all bands are written. */
  @Nullable ColorModel colorModel() {
    return image == null || bands != null ? null : image.getColorModel();
  }

  /**
   * Rows of the written part from {@code y} on, as a raster with its corner at (0, 0) and the width
   * of the region, with the bands that are written.
   *
   * @param rows at most {@link #blockRows}
   */
  Raster rows(int y, int rows) {
    Rectangle area = new Rectangle(region.x, region.y + y * stepY, region.width, rows);
    return rows(area).createChild(area.x, area.y, area.width, rows, 0, 0, bands);
  }

  private Raster rows(Rectangle area) {
    if (raster != null) {
      return raster;
    }
    if (image() instanceof BufferedImage buffered) {
      return buffered.getRaster();
    }
    if (fetched == null || !fetched.getBounds().contains(area)) {
      int most = Math.max(area.height, Math.min(FETCHED_ROWS, FETCHED_PIXELS / region.width));
      int rows = Math.min(most, region.y + region.height - area.y);
      fetched = image().getData(new Rectangle(area.x, area.y, area.width, rows));
    }
    return fetched;
  }
}
