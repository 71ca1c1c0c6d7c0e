package dev.kmq.cli.picture;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An ICC profile that came with a picture, and what it does to colours. */
final class ColorProfile {
  /** Differences of up to this many of 255 steps are rounding. */
  private static final double TOLERANCE = 1.5;

  private static final int SAMPLES = 6;

  private final ICC_ColorSpace space;
  private final byte[] data;

  private ColorProfile(ICC_ColorSpace space, byte[] data) {
    this.space = space;
    this.data = data;
  }

  /** The profile, or null if these bytes are none that Java can use. */
  static @Nullable ColorProfile of(byte[] data) {
    try {
      ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(data));
      space.toRGB(new float[space.getNumComponents()]);
      return new ColorProfile(space, data);
    } catch (IllegalArgumentException | CMMException e) {
      return null;
    }
  }

  byte[] data() {
    return data.clone();
  }

  int components() {
    return space.getNumComponents();
  }

  ICC_ColorSpace space() {
    return space;
  }

  /** Told by what it does to sample colours, not by its name. */
  boolean isSrgb() {
    if (space.getType() != ColorSpace.TYPE_RGB) {
      return false;
    }
    float[] color = new float[3];
    for (int i = 0; i < SAMPLES * SAMPLES * SAMPLES; i++) {
      color[0] = level(i % SAMPLES);
      color[1] = level(i / SAMPLES % SAMPLES);
      color[2] = level(i / (SAMPLES * SAMPLES));
      float[] rgb = space.toRGB(color);
      for (int c = 0; c < 3; c++) {
        if (Math.abs(rgb[c] - color[c]) * 255 > TOLERANCE) {
          return false;
        }
      }
    }
    return true;
  }

  private static float level(int step) {
    return (float) step / (SAMPLES - 1);
  }

  /** What the 256 greys of a one-component profile are in sRGB. */
  int[] greys() {
    int[] argb = new int[256];
    Arrays.setAll(argb, i -> toArgb(new float[] {i / 255f}));
    return argb;
  }

  /** Converts ARGB pixels whose colours are in this space to sRGB, in place; alpha stays. */
  void toSrgb(int[] argb, int n) {
    WritableRaster from = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, n, 1, 3, null);
    WritableRaster to = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, n, 1, 3, null);
    byte[] samples = ((DataBufferByte) from.getDataBuffer()).getData();
    for (int i = 0; i < n; i++) {
      samples[3 * i] = (byte) (argb[i] >>> 16);
      samples[3 * i + 1] = (byte) (argb[i] >>> 8);
      samples[3 * i + 2] = (byte) argb[i];
    }
    ICC_Profile[] way = {space.getProfile(), ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
    new ColorConvertOp(way, null).filter(from, to);
    byte[] rgb = ((DataBufferByte) to.getDataBuffer()).getData();
    for (int i = 0; i < n; i++) {
      argb[i] =
          argb[i] & 0xFF000000
              | (rgb[3 * i] & 0xFF) << 16
              | (rgb[3 * i + 1] & 0xFF) << 8
              | rgb[3 * i + 2] & 0xFF;
    }
  }

  private int toArgb(float[] color) {
    float[] rgb = space.toRGB(color);
    return 0xFF000000
        | Math.round(rgb[0] * 255) << 16
        | Math.round(rgb[1] * 255) << 8
        | Math.round(rgb[2] * 255);
  }
}
