package dev.kmq.imageio;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * Converts the samples of pixels to ARGB with straight alpha, 8 bits each, rounded to the nearest:
 * in sRGB, or in their own colour space. Samples in Java's own grey space are kept unchanged, as in
 * the writers of the JDK: the values of grey photographs are not linear, although the space is
 * defined so. CMYK in Java's own space is converted as in viewers, R = (1-C)(1-K); the space itself
 * treats that product as linear light and brightens every image.
 */
abstract class PixelColors {
  private static final int OPAQUE = 0xFF000000;

  /**
   * Converts rows.
   *
   * @param rows from (0, 0) on
   * @param argb receives all pixels, row after row; its length is their number
   */
  abstract void read(Raster rows, int[] argb);

  /** The colours of a view in sRGB. */
  static PixelColors srgb(SourceView view) {
    ColorModel model = view.colorModel();
    return model == null ? new Samples(view.bands()) : of(model);
  }

  /** RGB and grey unconverted, whatever the colour space; other samples in sRGB. */
  static PixelColors stored(SourceView view) {
    ColorModel model = view.colorModel();
    return model == null ? new Samples(view.bands()) : of(withoutSpace(model));
  }

  /** The colours of a view in sRGB, converted from a profile that replaces the image's own. */
  static PixelColors by(IccProfile profile, SourceView view) {
    IccConversion toSrgb = profile.toSrgb();
    ColorModel model = view.colorModel();
    boolean inks = model != null && model.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
    if (inks || profile.type() == ColorSpace.TYPE_CMYK) {
      profile.requireType(inks ? ColorSpace.TYPE_CMYK : ColorSpace.TYPE_RGB);
    }
    int colors = model == null ? 0 : model.getNumColorComponents();
    boolean fits = colors == toSrgb.components() || colors == 1;
    if (model instanceof ComponentColorModel component && fits) {
      return new ProfiledComponents(component, toSrgb);
    }
    PixelColors stored = stored(view);
    return new PixelColors() {
      @Override
      void read(Raster rows, int[] argb) {
        stored.read(rows, argb);
        toSrgb.apply(argb);
      }
    };
  }

  private static PixelColors of(ColorModel model) {
    boolean straight = !model.hasAlpha() || !model.isAlphaPremultiplied();
    ColorSpace space = model.getColorSpace();
    boolean srgb = space.isCS_sRGB();
    if (model instanceof DirectColorModel direct && srgb && straight && isRgb888(direct)) {
      return new PackedInts(direct);
    }
    if (!(model instanceof ComponentColorModel component)) {
      return new AnyModel(model);
    }
    boolean asItIs = srgb || space == ColorSpace.getInstance(ColorSpace.CS_GRAY);
    if (asItIs && straight && isBytes(component)) {
      return new InterleavedBytes(component.getNumComponents());
    }
    boolean real =
        component.getTransferType() == DataBuffer.TYPE_FLOAT
            || component.getTransferType() == DataBuffer.TYPE_DOUBLE;
    if (srgb && !real) {
      return new AnyModel(model);
    }
    if (asItIs) {
      return new Components(component);
    }
    if (space instanceof ICC_ColorSpace icc) {
      return new ProfiledComponents(component, IccConversion.toSrgb(icc));
    }
    boolean javasInks =
        space.getType() == ColorSpace.TYPE_CMYK
            && space.getClass().getModule() == ColorSpace.class.getModule();
    return new ForeignComponents(component, javasInks ? Cmyk.SPACE : space);
  }

  /** The model, with the colour spaces whose samples are not converted. */
  private static ColorModel withoutSpace(ColorModel model) {
    int type = model.getColorSpace().getType();
    if (type != ColorSpace.TYPE_RGB && type != ColorSpace.TYPE_GRAY) {
      return model;
    }
    ColorSpace plain =
        ColorSpace.getInstance(
            type == ColorSpace.TYPE_RGB ? ColorSpace.CS_sRGB : ColorSpace.CS_GRAY);
    if (model instanceof ComponentColorModel) {
      return new ComponentColorModel(
          plain,
          model.getComponentSize(),
          model.hasAlpha(),
          model.isAlphaPremultiplied(),
          model.getTransparency(),
          model.getTransferType());
    }
    return model instanceof DirectColorModel direct
        ? new DirectColorModel(
            plain,
            direct.getPixelSize(),
            direct.getRedMask(),
            direct.getGreenMask(),
            direct.getBlueMask(),
            direct.getAlphaMask(),
            direct.isAlphaPremultiplied(),
            direct.getTransferType())
        : model;
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

  /** A number from 0 to 1 in 8 bits; values outside are clamped, NaN becomes 0. */
  private static int to8(float value) {
    return value >= 1 ? 255 : value > 0 ? (int) (value * 255 + 0.5f) : 0;
  }

  private static int rgb(float r, float g, float b) {
    return to8(r) << 16 | to8(g) << 8 | to8(b);
  }

  /** An int with 8 bits each of red, green and blue, in this or the reverse order. */
  private static final class PackedInts extends PixelColors {
    private final boolean reversed;
    private final int opaque;

    PackedInts(DirectColorModel model) {
      this.reversed = model.getRedMask() == 0xFF;
      this.opaque = model.hasAlpha() ? 0 : OPAQUE;
    }

    @Override
    void read(Raster rows, int[] argb) {
      rows.getDataElements(0, 0, rows.getWidth(), rows.getHeight(), argb);
      for (int i = 0; i < argb.length; i++) {
        int c = argb[i];
        argb[i] = opaque | (reversed ? c & 0xFF00FF00 | (c & 0xFF) << 16 | c >>> 16 & 0xFF : c);
      }
    }
  }

  /**
   * One byte each for grey, or for red, green and blue, and for alpha if the number of bands is
   * even.
   */
  private static final class InterleavedBytes extends PixelColors {
    private final int bands;
    private byte[] samples = {};

    InterleavedBytes(int bands) {
      this.bands = bands;
    }

    @Override
    void read(Raster rows, int[] argb) {
      if (samples.length != argb.length * bands) {
        samples = new byte[argb.length * bands];
      }
      rows.getDataElements(0, 0, rows.getWidth(), rows.getHeight(), samples);
      byte[] from = samples;
      int green = bands < 3 ? 0 : 1;
      int blue = 2 * green;
      int last = bands - 1;
      boolean opaque = bands % 2 == 1;
      for (int i = 0, j = 0; i < argb.length; i++, j += bands) {
        int alpha = opaque ? OPAQUE : from[j + last] << 24;
        argb[i] =
            alpha | (from[j] & 0xFF) << 16 | (from[j + green] & 0xFF) << 8 | from[j + blue] & 0xFF;
      }
    }
  }

  /** The colours that the colour model itself gives, pixel by pixel. */
  private static final class AnyModel extends PixelColors {
    private final ColorModel model;

    AnyModel(ColorModel model) {
      this.model = model;
    }

    @Override
    void read(Raster rows, int[] argb) {
      Object elements = null;
      int width = rows.getWidth();
      for (int x = 0; x < argb.length; x++) {
        elements = rows.getDataElements(x % width, x / width, elements);
        argb[x] = model.getRGB(elements);
      }
    }
  }

  /** Components of any type, each scaled from its minimum to its maximum, not premultiplied. */
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
    void read(Raster rows, int[] argb) {
      Object elements = null;
      float[] components = new float[model.getNumComponents()];
      int width = rows.getWidth();
      for (int x = 0; x < argb.length; x++) {
        elements = rows.getDataElements(x % width, x / width, elements);
        model.getNormalizedComponents(elements, components, 0);
        int alpha = model.hasAlpha() ? to8(components[colors]) << 24 : OPAQUE;
        argb[x] = alpha | color(components, x);
      }
    }

    /** The colour, or 0 if it is set later. */
    abstract int color(float[] components, int x);

    /** A component as a fraction of its range. */
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

  /** Samples described by a profile, converted some rows at a time. */
  private static final class ProfiledComponents extends NormalComponents {
    private final IccConversion toSrgb;
    private final int wanted;
    private short[] from = {};

    /** For grey samples the profile may be an RGB profile. */
    ProfiledComponents(ComponentColorModel model, IccConversion toSrgb) {
      super(model);
      this.toSrgb = toSrgb;
      this.wanted = toSrgb.components();
    }

    @Override
    void read(Raster rows, int[] argb) {
      from = new short[argb.length * wanted];
      super.read(rows, argb);
      IccConversion.put(toSrgb.apply(from, argb.length), argb);
    }

    @Override
    int color(float[] components, int x) {
      for (int i = 0; i < wanted; i++) {
        from[x * wanted + i] = (short) (part(components, i % colors) * 65535 + 0.5f);
      }
      return 0;
    }
  }

  /** A colour space without an ICC profile, converted pixel by pixel. */
  private static final class ForeignComponents extends NormalComponents {
    private final ColorSpace space;
    private final float[] color;

    ForeignComponents(ComponentColorModel model, ColorSpace space) {
      super(model);
      this.space = space;
      this.color = new float[colors];
    }

    @Override
    int color(float[] components, int x) {
      for (int i = 0; i < colors; i++) {
        color[i] = clamped(components, i);
      }
      float[] rgb = space.toRGB(color);
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
    void read(Raster rows, int[] argb) {
      float[] samples = rows.getPixels(0, 0, rows.getWidth(), rows.getHeight(), (float[]) null);
      float[] greatest = greatest(rows.getSampleModel());
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
