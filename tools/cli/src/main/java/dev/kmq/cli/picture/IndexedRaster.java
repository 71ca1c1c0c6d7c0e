package dev.kmq.cli.picture;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** An indexed picture as an image of ImageIO's, palette and index order kept where it can be. */
final class IndexedRaster {
  private IndexedRaster() {}

  /**
   * Indexed with 1, 2, 4 or 8 bits an index, the fewest that the palette needs.
   *
   * @param twoBits whether 2 bits an index are possible; if not, 4 are taken
   */
  static BufferedImage indexed(IndexedImage image, boolean twoBits) {
    Palette palette = image.palette();
    int needed = Math.max(1, palette.bitsPerIndex());
    int bits = needed > 4 ? 8 : needed > 2 || needed == 2 && !twoBits ? 4 : needed;
    IndexColorModel model =
        new IndexColorModel(
            bits,
            palette.size(),
            palette.toArgb(),
            0,
            palette.hasAlpha(),
            -1,
            DataBuffer.TYPE_BYTE);
    IndexPlane plane = image.plane();
    WritableRaster raster;
    if (bits == 8 && plane.at(0, 0) == 0 && plane.stride() == plane.width()) {
      DataBufferByte data = new DataBufferByte(plane.bytes(), plane.bytes().length);
      raster =
          Raster.createInterleavedRaster(
              data, plane.width(), plane.height(), plane.stride(), 1, new int[] {0}, null);
    } else {
      raster = model.createCompatibleWritableRaster(plane.width(), plane.height());
      int[] row = new int[plane.width()];
      for (int y = 0; y < plane.height(); y++) {
        for (int x = 0; x < row.length; x++) {
          row[x] = plane.get(x, y);
        }
        raster.setSamples(0, y, row.length, 1, 0, row);
      }
    }
    return new BufferedImage(model, raster, false, null);
  }

  /** Every pixel's colour, without an alpha channel where the palette has none. */
  static BufferedImage direct(IndexedImage image) {
    int type =
        image.palette().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    BufferedImage target = new BufferedImage(image.width(), image.height(), type);
    int[] argb = image.palette().toArgb();
    IndexPlane plane = image.plane();
    int[] row = new int[image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = argb[plane.get(x, y)];
      }
      target.getRaster().setDataElements(0, y, row.length, 1, row);
    }
    return target;
  }
}
