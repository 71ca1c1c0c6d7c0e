package dev.kmq.cli.picture;

import dev.kmq.image.PixelSource;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * The pixels of an image as ARGB, numbers as they are: no conversion between RGB spaces; what is
 * neither RGB nor grey is converted by ImageIO. A grey sample is taken as that grey of sRGB; the
 * linear curve that {@link ColorSpace#CS_GRAY} stands for is an artefact of how ImageIO labels what
 * it reads.
 */
final class ImagePixels implements PixelSource {
  private final BufferedImage image;
  private final Raster raster;
  private final boolean grey;

  /** Wraps an image of one, two (grey), three or four (RGB) components, or an indexed one. */
  ImagePixels(BufferedImage image) {
    ColorModel model = image.getColorModel();
    this.grey =
        model.getNumColorComponents() == 1
            && model instanceof ComponentColorModel
            && (model.getTransferType() == DataBuffer.TYPE_BYTE
                || model.getTransferType() == DataBuffer.TYPE_USHORT);
    this.image = grey ? image : unmanaged(image);
    this.raster = this.image.getRaster();
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

  private void readBytes(int y, int rows, int[] target) {
    int width = width();
    if (raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getNumBanks() == 1
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel model) {
      int left = raster.getMinX() - raster.getSampleModelTranslateX();
      int top = raster.getMinY() - raster.getSampleModelTranslateY();
      for (int r = 0; r < rows; r++) {
        int start =
            buffer.getOffset()
                + (top + y + r) * model.getScanlineStride()
                + left * model.getPixelStride();
        row(buffer.getData(), start, model.getPixelStride(), model.getBandOffsets(), target, r);
      }
      return;
    }
    // Gives bands in the order of the model, whatever lies in memory.
    byte[] row = new byte[3 * width];
    for (int r = 0; r < rows; r++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y + r, width, 1, row);
      row(row, 0, 3, new int[] {0, 1, 2}, target, r);
    }
  }

  /** Takes row {@code r} of the target from interleaved bytes. */
  private void row(byte[] from, int start, int stride, int[] bands, int[] target, int r) {
    int red = start + bands[0];
    int green = start + bands[1];
    int blue = start + bands[2];
    for (int out = r * width(), end = out + width(), at = 0; out < end; out++, at += stride) {
      target[out] =
          0xFF000000
              | (from[red + at] & 0xFF) << 16
              | (from[green + at] & 0xFF) << 8
              | from[blue + at] & 0xFF;
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
        int color = 0xFF000000 | v * 0x010101;
        target[out] = alpha ? color & 0xFFFFFF | scale(opacity[x], max) << 24 : color;
      }
    }
  }

  private static int scale(int sample, int max) {
    return max == 255 ? sample : (int) ((sample * 255L + max / 2) / max);
  }
}
