package dev.kmq.picture;

import java.awt.Rectangle;
import java.awt.image.Raster;

/** Samples of other depths as 8 bits. */
final class Samples {
  static final String ROUNDED_16 = "rounding of 16-bit samples to 8 bits";

  private Samples() {}

  /** Whether a 16-bit sample is not one of the 256 values that 8 bits represent. */
  static boolean needs16Bits(Raster raster) {
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int sample : row) {
        if (sample % 257 != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** The same for an image that is read by rows. */
  static boolean needs16Bits(RowImage image) {
    for (int y = 0; y < image.getHeight(); y++) {
      if (needs16Bits(image.getData(new Rectangle(0, y, image.getWidth(), 1)))) {
        return true;
      }
    }
    return false;
  }

  /** All greys of a depth of up to 8 bits, opaque, from black to white. */
  static int[] greys(int bits) {
    int[] argb = new int[1 << bits];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = 0xFF000000 | (int) to8Bits(i, argb.length - 1) * 0x010101;
    }
    return argb;
  }

  /** The nearest of 256 levels, for a level from 0 to {@code max}. */
  static long to8Bits(long level, long max) {
    return (level * 255 + max / 2) / max;
  }
}
