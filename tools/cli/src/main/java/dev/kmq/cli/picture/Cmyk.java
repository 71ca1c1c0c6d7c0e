package dev.kmq.cli.picture;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.jspecify.annotations.Nullable;

/**
 * CMYK images to sRGB: by their profile, or without one as R = (1-C)(1-K), which is what viewers
 * show. The JDK's own conversion takes that product for linear light and brightens every picture.
 */
final class Cmyk {
  private static final int INKS = 4;

  /** A name for what samples are; nothing is converted by it. */
  private static final ColorSpace SPACE =
      new ColorSpace(ColorSpace.TYPE_CMYK, INKS) {
        private static final long serialVersionUID = 1;

        @Override
        public float[] toRGB(float[] color) {
          throw new UnsupportedOperationException();
        }

        @Override
        public float[] fromRGB(float[] color) {
          throw new UnsupportedOperationException();
        }

        @Override
        public float[] toCIEXYZ(float[] color) {
          throw new UnsupportedOperationException();
        }

        @Override
        public float[] fromCIEXYZ(float[] color) {
          throw new UnsupportedOperationException();
        }
      };

  private Cmyk() {}

  /** Whether the samples are amounts of four inks, 8 bits each. */
  static boolean is(BufferedImage image) {
    return image.getColorModel() instanceof ComponentColorModel model
        && model.getColorSpace().getType() == ColorSpace.TYPE_CMYK
        && model.getNumComponents() == INKS
        && model.getTransferType() == DataBuffer.TYPE_BYTE;
  }

  /** An image of inks, from bytes of four bands. */
  static BufferedImage image(WritableRaster inks) {
    ComponentColorModel model =
        new ComponentColorModel(SPACE, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, inks, false, null);
  }

  /**
   * The image in sRGB.
   *
   * @param profile of the inks; ignored unless it has four components
   */
  static BufferedImage toRgb(BufferedImage image, @Nullable ColorProfile profile) {
    int width = image.getWidth();
    BufferedImage rgb = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    ColorConvertOp conversion =
        profile == null || profile.components() != INKS
            ? null
            : new ColorConvertOp(
                new ICC_Profile[] {
                  profile.space().getProfile(), ICC_Profile.getInstance(ColorSpace.CS_sRGB)
                },
                null);
    Raster source = image.getRaster();
    WritableRaster inks = row(width, INKS);
    WritableRaster colors = row(width, 3);
    byte[] from = new byte[INKS * width];
    byte[] to = new byte[3 * width];
    for (int y = 0; y < image.getHeight(); y++) {
      source.getDataElements(source.getMinX(), source.getMinY() + y, width, 1, from);
      if (conversion == null) {
        multiply(from, to);
      } else {
        inks.setDataElements(0, 0, width, 1, from);
        conversion.filter(inks, colors);
        colors.getDataElements(0, 0, width, 1, to);
      }
      rgb.getRaster().setDataElements(0, y, width, 1, to);
    }
    return rgb;
  }

  private static WritableRaster row(int width, int bands) {
    return Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, 1, bands, null);
  }

  private static void multiply(byte[] inks, byte[] rgb) {
    for (int in = 0, out = 0; in < inks.length; in += INKS) {
      int paper = 255 - (inks[in + 3] & 0xFF);
      for (int c = 0; c < 3; c++, out++) {
        rgb[out] = (byte) (((255 - (inks[in + c] & 0xFF)) * paper + 127) / 255);
      }
    }
  }
}
