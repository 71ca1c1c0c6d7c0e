package dev.kmq.imageio;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Converts colours from one ICC profile to another with 16 bits a sample; thread-safe. */
final class IccConversion {
  private final ColorConvertOp op;
  private final int fromComponents;
  private final int toComponents;

  private IccConversion(ICC_Profile from, ICC_Profile to) {
    this.op = new ColorConvertOp(new ICC_Profile[] {from, to}, null);
    this.fromComponents = from.getNumComponents();
    this.toComponents = to.getNumComponents();
  }

  static IccConversion toSrgb(ICC_ColorSpace space) {
    return new IccConversion(space.getProfile(), ICC_Profile.getInstance(ColorSpace.CS_sRGB));
  }

  static IccConversion fromSrgb(ICC_ColorSpace space) {
    return new IccConversion(ICC_Profile.getInstance(ColorSpace.CS_sRGB), space.getProfile());
  }

  /** Samples per colour of the source. */
  int components() {
    return fromComponents;
  }

  /** Converts the samples of {@code n} colours; 65535 is full intensity. */
  short[] apply(short[] samples, int n) {
    WritableRaster from = row(n, fromComponents);
    from.setDataElements(0, 0, n, 1, samples);
    WritableRaster to = row(n, toComponents);
    synchronized (op) {
      op.filter(from, to);
    }
    return ((DataBufferUShort) to.getDataBuffer()).getData();
  }

  private static WritableRaster row(int n, int bands) {
    return Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, n, 1, bands, null);
  }

  /** Converts the colours of ARGB pixels, or, for grey, the levels in their blue, in place. */
  void apply(int[] argb) {
    short[] samples = new short[argb.length * fromComponents];
    for (int i = 0, at = 0; i < argb.length; i++) {
      for (int shift = 8 * (fromComponents - 1); shift >= 0; shift -= 8) {
        samples[at++] = (short) ((argb[i] >>> shift & 0xFF) * 257);
      }
    }
    put(apply(samples, argb.length), argb);
  }

  /** Stores converted colours, rounded to 8 bits, in pixels and keeps their alpha. */
  static void put(short[] rgb, int[] argb) {
    for (int i = 0, at = 0; i < argb.length; i++, at += 3) {
      argb[i] =
          argb[i] & 0xFF000000 | to8(rgb[at]) << 16 | to8(rgb[at + 1]) << 8 | to8(rgb[at + 2]);
    }
  }

  private static int to8(short sample) {
    return ((sample & 0xFFFF) * 255 + 32767) / 65535;
  }
}
