package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.image.Palette;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Palettes by way of the ICC profile of a file, entry by entry: to sRGB, which is what an {@code
 * IndexColorModel} holds, and from there. Alpha stays as it is.
 */
final class PaletteProfile {
  private PaletteProfile() {}

  /** The palette of a file in sRGB; null if the profile cannot be applied. */
  static @Nullable Palette toSrgb(Palette palette, Chunk profile) {
    return convert(palette, profile, true);
  }

  /** A palette in sRGB as a file with this profile has it; null if that cannot be applied. */
  static @Nullable Palette fromSrgb(Palette palette, Chunk profile) {
    return convert(palette, profile, false);
  }

  /** Whether a colour space is the one of the profile. */
  static boolean describes(Chunk profile, ColorSpace space) {
    return space.getType() == ColorSpace.TYPE_RGB
        && space instanceof ICC_ColorSpace icc
        && Arrays.equals(icc.getProfile().getData(), profile.data());
  }

  private static @Nullable Palette convert(Palette palette, Chunk profile, boolean toSrgb) {
    int[] argb = palette.toArgb();
    try {
      ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile.data()));
      if (space.getType() != ColorSpace.TYPE_RGB) {
        return null;
      }
      ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
      convert(argb, new ColorConvertOp(toSrgb ? space : srgb, toSrgb ? srgb : space, null));
    } catch (RuntimeException e) {
      // Java's colour management throws exceptions of many kinds at bad profiles.
      return null;
    }
    return palette.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  /** By way of 16 bits a sample, so that only the end is rounded to 8. */
  private static void convert(int[] argb, ColorConvertOp op) {
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
    op.filter(from, to);
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
