package dev.kmq.picture;

import dev.kmq.image.Palette;
import dev.kmq.imageio.KmqImages;
import dev.kmq.png.MissingEntries;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.List;

/** Indexed images with exactly the palette of the file. */
final class Indices {
  private Indices() {}

  /**
   * An image of indices that all have an entry.
   *
   * @param bits of an index in the raster, 1 to 16
   */
  static BufferedImage image(Raster raster, int[] argb, int bits) {
    IndexColorModel model = KmqImages.colorModel(Palette.ofArgb(argb), bits);
    return new BufferedImage(model, (WritableRaster) raster, false, null);
  }

  /** Whether all colours of a palette are greys. */
  static boolean isGrey(IndexColorModel model) {
    for (int i = 0; i < model.getMapSize(); i++) {
      if (model.getRed(i) != model.getGreen(i) || model.getRed(i) != model.getBlue(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The palette, extended if indices exceed it: further entries are opaque black, as in browsers
   * and libpng, with a warning.
   */
  static int[] withEntries(Raster raster, int[] argb, List<String> warnings) {
    int x = raster.getMinX();
    int top = raster.getMinY();
    int width = raster.getWidth();
    return withEntries(
        width,
        raster.getHeight(),
        (y, row) -> raster.getSamples(x, top + y, width, 1, 0, row),
        argb,
        warnings);
  }

  /** The same for an image that is read by rows. */
  static int[] withEntries(RowImage image, int[] argb, List<String> warnings) {
    int width = image.getWidth();
    return withEntries(
        width,
        image.getHeight(),
        (y, row) -> image.getData(new Rectangle(0, y, width, 1)).getSamples(0, y, width, 1, 0, row),
        argb,
        warnings);
  }

  private interface IndexRow {
    void read(int y, int[] row);
  }

  private static int[] withEntries(
      int width, int height, IndexRow indices, int[] argb, List<String> warnings) {
    int[] row = new int[width];
    int max = 0;
    long beyond = 0;
    for (int y = 0; y < height; y++) {
      indices.read(y, row);
      for (int index : row) {
        max = Math.max(max, index);
        beyond += index >= argb.length ? 1 : 0;
      }
    }
    return MissingEntries.added(argb, max, beyond, warnings);
  }
}
