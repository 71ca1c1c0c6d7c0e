package dev.kmq.cli.picture;

import dev.kmq.image.PixelSource;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * The pixels of an image as ARGB, numbers as they are: no conversion between RGB spaces; what is
 * neither RGB nor grey is converted by ImageIO. A grey sample is taken as that grey of sRGB (or of
 * {@code greys}); the linear curve that {@link ColorSpace#CS_GRAY} stands for is an artefact of how
 * ImageIO labels what it reads.
 */
final class ImagePixels implements PixelSource {
  private final BufferedImage image;
  private final Raster raster;
  private final boolean grey;
  private final int @Nullable [] greys;

  /**
   * Wraps an image of one, two (grey), three or four (RGB) components, or an indexed one.
   *
   * @param greys what the 256 levels of a grey image are, or null for sRGB's greys
   */
  ImagePixels(BufferedImage image, int @Nullable [] greys) {
    ColorModel model = image.getColorModel();
    this.grey =
        model.getNumColorComponents() == 1
            && model instanceof ComponentColorModel
            && (model.getTransferType() == DataBuffer.TYPE_BYTE
                || model.getTransferType() == DataBuffer.TYPE_USHORT);
    this.image = grey ? image : unmanaged(image);
    this.raster = this.image.getRaster();
    this.greys = greys;
  }

  /** The same samples under a colour model that says sRGB, so that nothing converts them. */
  private static BufferedImage unmanaged(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model.getColorSpace().isCS_sRGB()
        || model.getColorSpace().getType() != ColorSpace.TYPE_RGB
        || !(model instanceof ComponentColorModel)) {
      return image;
    }
    ColorModel plain =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            model.hasAlpha(),
            model.isAlphaPremultiplied(),
            model.getTransparency(),
            model.getTransferType());
    return new BufferedImage(plain, image.getRaster(), model.isAlphaPremultiplied(), null);
  }

  @Override
  public int width() {
    return image.getWidth();
  }

  @Override
  public int height() {
    return image.getHeight();
  }

  @Override
  public void readRows(int y, int rows, int[] target) {
    int width = width();
    if (grey) {
      readGrey(y, rows, target);
    } else if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        || plainBytes() && image.getColorModel().getNumComponents() == 3) {
      readBytes(y, rows, target);
    } else {
      image.getRGB(0, y, width, rows, target, 0, width);
    }
  }

  private boolean plainBytes() {
    return image.getColorModel() instanceof ComponentColorModel
        && raster.getTransferType() == DataBuffer.TYPE_BYTE
        && raster.getNumBands() == 3;
  }

  /** {@code getDataElements} gives bands in the order of the model, whatever lies in memory. */
  private void readBytes(int y, int rows, int[] target) {
    int width = width();
    byte[] row = new byte[3 * width];
    for (int r = 0, out = 0; r < rows; r++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y + r, width, 1, row);
      for (int x = 0; x < width; x++, out++) {
        target[out] =
            0xFF000000
                | (row[3 * x] & 0xFF) << 16
                | (row[3 * x + 1] & 0xFF) << 8
                | row[3 * x + 2] & 0xFF;
      }
    }
  }

  private void readGrey(int y, int rows, int[] target) {
    int width = width();
    boolean alpha = raster.getNumBands() > 1;
    int max = (1 << image.getColorModel().getComponentSize(0)) - 1;
    int[] level = new int[width];
    int[] opacity = new int[width];
    for (int r = 0, out = 0; r < rows; r++) {
      int line = raster.getMinY() + y + r;
      raster.getSamples(raster.getMinX(), line, width, 1, 0, level);
      if (alpha) {
        raster.getSamples(raster.getMinX(), line, width, 1, 1, opacity);
      }
      for (int x = 0; x < width; x++, out++) {
        int v = scale(level[x], max);
        int color = greys == null ? 0xFF000000 | v * 0x010101 : greys[v];
        target[out] = alpha ? color & 0xFFFFFF | scale(opacity[x], max) << 24 : color;
      }
    }
  }

  private static int scale(int sample, int max) {
    return max == 255 ? sample : (int) ((sample * 255L + max / 2) / max);
  }
}
