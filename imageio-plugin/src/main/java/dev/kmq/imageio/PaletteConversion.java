package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.Header;
import dev.kmq.image.Palette;
import java.awt.color.CMMException;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ProfileDataException;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.List;

/**
 * The palette of a file in sRGB, which is what an {@code IndexColorModel} holds: converted entry by
 * entry where the file has another colour space.
 */
final class PaletteConversion {
  private PaletteConversion() {}

  /** The palette in sRGB; a profile that cannot be applied leaves the numbers as they are. */
  static Palette toSrgb(Header header, List<Chunk> chunks) {
    if (header.colorSpace() == ColorSpace.SRGB) {
      return header.palette();
    }
    for (Chunk chunk : chunks) {
      if (chunk.type().equals(Chunk.ICCP)) {
        return convert(header.palette(), chunk.data());
      }
    }
    return header.palette();
  }

  private static Palette convert(Palette palette, byte[] profile) {
    try {
      ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
      if (space.getNumComponents() != 3) {
        return palette;
      }
      int[] argb = palette.toArgb();
      convert(argb, space);
      return palette.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
    } catch (IllegalArgumentException | CMMException | ProfileDataException e) {
      return palette;
    }
  }

  /** By way of 16 bits a sample, so that only the end is rounded to 8. */
  private static void convert(int[] argb, ICC_ColorSpace space) {
    int n = argb.length;
    WritableRaster from = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, n, 1, 3, null);
    WritableRaster to = from.createCompatibleWritableRaster();
    int[] samples = new int[3 * n];
    for (int i = 0; i < n; i++) {
      samples[3 * i] = (argb[i] >>> 16 & 0xFF) * 257;
      samples[3 * i + 1] = (argb[i] >>> 8 & 0xFF) * 257;
      samples[3 * i + 2] = (argb[i] & 0xFF) * 257;
    }
    from.setPixels(0, 0, n, 1, samples);
    java.awt.color.ColorSpace srgb =
        java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_sRGB);
    new ColorConvertOp(space, srgb, null).filter(from, to);
    to.getPixels(0, 0, n, 1, samples);
    for (int i = 0; i < n; i++) {
      argb[i] =
          argb[i] & 0xFF000000
              | to8(samples[3 * i]) << 16
              | to8(samples[3 * i + 1]) << 8
              | to8(samples[3 * i + 2]);
    }
  }

  private static int to8(int sample) {
    return (sample * 255 + 32767) / 65535;
  }
}
