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
 * What is written of an image or a raster: a region, every so many pixels of it, rows on demand.
 * The image may have its corner anywhere and be cut into tiles.
 */
final class SourceView {
  /** An image that is not in memory as a whole is asked for so many rows at a time. */
  private static final int FETCHED_ROWS = 64;

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

  /** Width in pixels of a row of {@link #row}. */
  int rowWidth() {
    return region.width;
  }

  /** Columns of a row of {@link #row} from one pixel to the next. */
  int stepX() {
    return stepX;
  }

  /** The image's colours; null if it has none, is a raster, or not all bands are written. */
  @Nullable ColorModel colorModel() {
    return image == null || bands != null ? null : image.getColorModel();
  }

  /**
   * Row {@code y} of what is written, as a raster one pixel high from x = 0 to the region's width,
   * with the bands that are written.
   */
  Raster row(int y) {
    Rectangle row = new Rectangle(region.x, region.y + y * stepY, region.width, 1);
    return rows(row).createChild(row.x, row.y, row.width, 1, 0, 0, bands);
  }

  private Raster rows(Rectangle row) {
    if (raster != null) {
      return raster;
    }
    if (image() instanceof BufferedImage buffered) {
      return buffered.getRaster();
    }
    if (fetched == null || !fetched.getBounds().contains(row)) {
      int rows = Math.min(FETCHED_ROWS, region.y + region.height - row.y);
      fetched = image().getData(new Rectangle(row.x, row.y, row.width, rows));
    }
    return fetched;
  }
}
