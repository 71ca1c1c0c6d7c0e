package dev.kmq.imageio;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;

/**
 * From the samples of a row of pixels to ARGB in sRGB with straight alpha, 8 bits each. Grey in
 * Java's own grey space is taken as it is, as the writers of the JDK take it: the values of grey
 * photographs are not linear, whatever the space says.
 */
abstract class PixelColors {
  private static final int OPAQUE = 0xFF000000;

  /**
   * Converts a row.
   *
   * @param row one pixel high, from x = 0 on
   * @param argb receives as many pixels as it has room for
   */
  abstract void read(Raster row, int[] argb);

  /**
   * The colours of a view.
   *
   * @param asIs whether RGB is taken as it is, whatever the colour space, in place of sRGB
   */
  static PixelColors of(SourceView view, boolean asIs) {
    ColorModel model = view.colorModel();
    if (model == null) {
      return new Samples(view.bands());
    }
    boolean straight = !model.hasAlpha() || !model.isAlphaPremultiplied();
    boolean srgb = model.getColorSpace().isCS_sRGB();
    if (model instanceof DirectColorModel direct && srgb && straight && isRgb888(direct)) {
      return new PackedInts(direct);
    }
    if (!(model instanceof ComponentColorModel component)) {
      return new AnyModel(model);
    }
    if (asIs) {
      return new Components(component);
    }
    if (srgb && straight && isBytes(component)) {
      return new InterleavedBytes(component.hasAlpha());
    }
    boolean real =
        component.getTransferType() == DataBuffer.TYPE_FLOAT
            || component.getTransferType() == DataBuffer.TYPE_DOUBLE;
    if (srgb && !real) {
      return new AnyModel(model);
    }
    if (srgb || component.getColorSpace() == ColorSpace.getInstance(ColorSpace.CS_GRAY)) {
      return new Components(component);
    }
    return component.getColorSpace() instanceof ICC_ColorSpace space
        ? new ProfiledComponents(component, space)
        : new ForeignComponents(component);
  }

  private static boolean isRgb888(DirectColorModel model) {
    int alpha = model.getAlphaMask();
    return model.getTransferType() == DataBuffer.TYPE_INT
        && model.getGreenMask() == 0xFF00
        && (alpha == 0 || alpha == OPAQUE)
        && (model.getRedMask() | model.getBlueMask()) == 0xFF00FF
        && Integer.bitCount(model.getRedMask()) == 8;
  }

  private static boolean isBytes(ComponentColorModel model) {
    boolean eight = model.getTransferType() == DataBuffer.TYPE_BYTE;
    for (int bits : model.getComponentSize()) {
      eight &= bits == 8;
    }
    return eight;
  }

  /** A number of 0 to 1 in 8 bits; what lies outside is the nearest of these, no number is 0. */
  private static int to8(float value) {
    return value >= 1 ? 255 : value > 0 ? (int) (value * 255 + 0.5f) : 0;
  }

  private static int rgb(float r, float g, float b) {
    return to8(r) << 16 | to8(g) << 8 | to8(b);
  }

  /** An int with 8 bits each of red, green and blue, in this order or the other way round. */
  private static final class PackedInts extends PixelColors {
    private final boolean reversed;
    private final int opaque;

    PackedInts(DirectColorModel model) {
      this.reversed = model.getRedMask() == 0xFF;
      this.opaque = model.hasAlpha() ? 0 : OPAQUE;
    }

    @Override
    void read(Raster row, int[] argb) {
      row.getDataElements(0, 0, argb.length, 1, argb);
      for (int i = 0; i < argb.length; i++) {
        int c = argb[i];
        argb[i] = opaque | (reversed ? c & 0xFF00FF00 | (c & 0xFF) << 16 | c >>> 16 & 0xFF : c);
      }
    }
  }

  /** Three or four bytes a pixel. */
  private static final class InterleavedBytes extends PixelColors {
    private final int bands;
    private byte[] samples = {};

    InterleavedBytes(boolean alpha) {
      this.bands = alpha ? 4 : 3;
    }

    @Override
    void read(Raster row, int[] argb) {
      if (samples.length != argb.length * bands) {
        samples = new byte[argb.length * bands];
      }
      row.getDataElements(0, 0, argb.length, 1, samples);
      for (int i = 0, j = 0; i < argb.length; i++, j += bands) {
        int alpha = bands == 4 ? samples[j + 3] << 24 : OPAQUE;
        argb[i] =
            alpha
                | (samples[j] & 0xFF) << 16
                | (samples[j + 1] & 0xFF) << 8
                | samples[j + 2] & 0xFF;
      }
    }
  }

  /** What the colour model itself says, pixel by pixel. */
  private static final class AnyModel extends PixelColors {
    private final ColorModel model;

    AnyModel(ColorModel model) {
      this.model = model;
    }

    @Override
    void read(Raster row, int[] argb) {
      Object elements = null;
      for (int x = 0; x < argb.length; x++) {
        elements = row.getDataElements(x, 0, elements);
        argb[x] = model.getRGB(elements);
      }
    }
  }

  /** Components of any type, each from its least to its greatest value, alpha not in them. */
  private abstract static class NormalComponents extends PixelColors {
    final ComponentColorModel model;
    final int colors;
    private final float[] least;
    private final float[] range;

    NormalComponents(ComponentColorModel model) {
      this.model = model;
      this.colors = model.getNumColorComponents();
      this.least = new float[colors];
      this.range = new float[colors];
      for (int i = 0; i < colors; i++) {
        least[i] = model.getColorSpace().getMinValue(i);
        range[i] = model.getColorSpace().getMaxValue(i) - least[i];
      }
    }

    @Override
    void read(Raster row, int[] argb) {
      Object elements = null;
      float[] components = new float[model.getNumComponents()];
      for (int x = 0; x < argb.length; x++) {
        elements = row.getDataElements(x, 0, elements);
        model.getNormalizedComponents(elements, components, 0);
        int alpha = model.hasAlpha() ? to8(components[colors]) << 24 : OPAQUE;
        argb[x] = alpha | color(components, x);
      }
    }

    /** The colour, or 0 where it comes later. */
    abstract int color(float[] components, int x);

    /** A component as a part of its range. */
    float part(float[] components, int i) {
      float part = (components[i] - least[i]) / range[i];
      return part >= 1 ? 1 : part > 0 ? part : 0;
    }

    float clamped(float[] components, int i) {
      return least[i] + range[i] * part(components, i);
    }
  }

  /** Red, green and blue of sRGB, or grey. */
  private static final class Components extends NormalComponents {
    Components(ComponentColorModel model) {
      super(model);
    }

    @Override
    int color(float[] components, int x) {
      int last = colors - 1;
      return rgb(components[0], components[last / 2], components[last]);
    }
  }

  /** A space with a profile, converted a row at a time by way of 16 bits a sample. */
  private static final class ProfiledComponents extends NormalComponents {
    private final ColorConvertOp toSrgb;
    private short[] from = {};

    ProfiledComponents(ComponentColorModel model, ICC_ColorSpace space) {
      super(model);
      this.toSrgb = new ColorConvertOp(space, ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
    }

    @Override
    void read(Raster row, int[] argb) {
      int n = argb.length;
      WritableRaster in =
          Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, n, 1, colors, null);
      WritableRaster out = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, n, 1, 3, null);
      from = new short[n * colors];
      super.read(row, argb);
      in.setDataElements(0, 0, n, 1, from);
      toSrgb.filter(in, out);
      short[] to = (short[]) out.getDataElements(0, 0, n, 1, null);
      for (int x = 0; x < n; x++) {
        argb[x] |= part8(to[3 * x]) << 16 | part8(to[3 * x + 1]) << 8 | part8(to[3 * x + 2]);
      }
    }

    private static int part8(short sample) {
      return ((sample & 0xFFFF) * 255 + 32767) / 65535;
    }

    @Override
    int color(float[] components, int x) {
      for (int i = 0; i < colors; i++) {
        from[x * colors + i] = (short) (part(components, i) * 65535 + 0.5f);
      }
      return 0;
    }
  }

  /** A space of somebody else's making, converted pixel by pixel. */
  private static final class ForeignComponents extends NormalComponents {
    private final float[] color;

    ForeignComponents(ComponentColorModel model) {
      super(model);
      this.color = new float[colors];
    }

    @Override
    int color(float[] components, int x) {
      for (int i = 0; i < colors; i++) {
        color[i] = clamped(components, i);
      }
      float[] rgb = model.getColorSpace().toRGB(color);
      return rgb(rgb[0], rgb[1], rgb[2]);
    }
  }

  /** Samples without a colour model: grey, grey and alpha, RGB or RGBA by their number. */
  private static final class Samples extends PixelColors {
    private final int bands;

    Samples(int bands) {
      if (bands < 1 || bands > 4) {
        throw new IllegalArgumentException(
            "samples without colours are 1 to 4 bands of grey or RGB with or without alpha, not "
                + bands);
      }
      this.bands = bands;
    }

    @Override
    void read(Raster row, int[] argb) {
      float[] samples = row.getPixels(0, 0, argb.length, 1, (float[]) null);
      float[] greatest = greatest(row.getSampleModel());
      int color = bands < 3 ? 0 : 1;
      for (int x = 0, j = 0; x < argb.length; x++, j += bands) {
        float r = samples[j] / greatest[0];
        float g = samples[j + color] / greatest[color];
        float b = samples[j + 2 * color] / greatest[2 * color];
        int last = bands - 1;
        int alpha = bands % 2 == 0 ? to8(samples[j + last] / greatest[last]) << 24 : OPAQUE;
        argb[x] = alpha | rgb(r, g, b);
      }
    }

    private static float[] greatest(SampleModel model) {
      float[] greatest = new float[model.getNumBands()];
      for (int band = 0; band < greatest.length; band++) {
        int type = model.getDataType();
        boolean real = type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
        int bits = model.getSampleSize(band) - (type == DataBuffer.TYPE_SHORT ? 1 : 0);
        greatest[band] = real ? 1 : (1L << Math.min(bits, 31)) - 1;
      }
      return greatest;
    }
  }
}
