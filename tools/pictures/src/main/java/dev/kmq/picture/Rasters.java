package dev.kmq.picture;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Rasters of interleaved samples, and images of them. */
final class Rasters {
  private Rasters() {}

  /** A new raster of bytes. */
  static WritableRaster interleaved(int width, int height, int bands) {
    return Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, bands, null);
  }

  /** Offsets of the samples of a pixel. */
  static int[] offsets(int bands) {
    int[] offsets = new int[bands];
    for (int b = 0; b < bands; b++) {
      offsets[b] = b;
    }
    return offsets;
  }

  /** Whether a raster has bytes, interleaved by pixel. */
  static boolean isInterleaved(Raster raster) {
    return raster instanceof WritableRaster
        && raster.getTransferType() == DataBuffer.TYPE_BYTE
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel;
  }

  /** Byte samples as an image of a colour space, copied only if the raster is not writable. */
  static BufferedImage image(Raster raster, ColorSpace space, boolean alpha) {
    ComponentColorModel model =
        new ComponentColorModel(
            space,
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, writable(raster), false, null);
  }

  /** Bytes of red, green and blue as an image of sRGB. */
  static BufferedImage rgb(Raster raster) {
    return image(raster, ColorSpace.getInstance(ColorSpace.CS_sRGB), false);
  }

  /** The raster itself, or a copy if it is not writable. */
  static WritableRaster writable(Raster raster) {
    if (raster instanceof WritableRaster writable) {
      return writable;
    }
    WritableRaster copy = raster.createCompatibleWritableRaster();
    copy.setRect(raster);
    return copy;
  }
}
