package dev.kmq.picture;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.lang.reflect.Array;

/**
 * Rotates and mirrors images by the Exif tag Orientation (0x0112): 1 unchanged, 2 mirrored left to
 * right, 3 by 180 degrees, 4 mirrored top to bottom, 5 transposed, 6 rotated by 90 degrees
 * clockwise, 7 transversed, 8 rotated by 90 degrees counter-clockwise.
 */
final class Orientation {
  private Orientation() {}

  static BufferedImage apply(BufferedImage image, int orientation) {
    if (orientation < 2 || orientation > 8) {
      return image;
    }
    boolean turned = orientation >= 5;
    boolean rowsReversed =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    boolean pixelsReversed =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    Raster source = image.getRaster();
    int w = source.getWidth();
    int h = source.getHeight();
    ColorModel model = image.getColorModel();
    WritableRaster target = model.createCompatibleWritableRaster(turned ? h : w, turned ? w : h);
    Object row = null;
    for (int y = 0; y < h; y++) {
      row = source.getDataElements(source.getMinX(), source.getMinY() + y, w, 1, row);
      if (pixelsReversed) {
        reverse(row, w);
      }
      int line = rowsReversed ? h - 1 - y : y;
      if (turned) {
        target.setDataElements(line, 0, 1, w, row);
      } else {
        target.setDataElements(0, line, w, 1, row);
      }
    }
    return new BufferedImage(model, target, model.isAlphaPremultiplied(), null);
  }

  private static void reverse(Object elements, int pixels) {
    int size = Array.getLength(elements) / pixels;
    Object spare = Array.newInstance(elements.getClass().getComponentType(), size);
    for (int i = 0, j = pixels - 1; i < j; i++, j--) {
      System.arraycopy(elements, i * size, spare, 0, size);
      System.arraycopy(elements, j * size, elements, i * size, size);
      System.arraycopy(spare, 0, elements, j * size, size);
    }
  }
}
