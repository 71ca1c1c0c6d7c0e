package dev.kmq.cli.picture;

import dev.kmq.container.Chunk;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ICC profile that came with an image and that Java can convert colours by: of an input, a
 * display, an output or a colour space, for RGB, grey or CMYK samples.
 */
public final class ColorProfile implements ToSrgb {
  /** What is said of a profile that cannot be read. */
  static final String DAMAGED = "the ICC profile is damaged and is ignored";

  /** Differences of up to this many of 255 steps are rounding. */
  private static final double TOLERANCE = 1.5;

  private static final int SAMPLES = 6;

  private final ICC_ColorSpace space;
  private final byte[] data;
  private final ColorConvertOp conversion;
  private int @Nullable [] greys;

  private ColorProfile(ICC_ColorSpace space, byte[] data) {
    this.space = space;
    this.data = data;
    ICC_Profile[] way = {space.getProfile(), ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
    this.conversion = new ColorConvertOp(way, null);
  }

  /**
   * The profile, or null with a warning if it cannot be used, which is no reason to refuse the
   * image.
   */
  static @Nullable ColorProfile of(byte[] data, List<String> warnings) {
    ColorProfile profile;
    String unusable;
    try {
      ICC_Profile icc = ICC_Profile.getInstance(data);
      profile = new ColorProfile(new ICC_ColorSpace(icc), data);
      unusable = profile.fault(icc);
    } catch (RuntimeException e) {
      // Java's colour management throws exceptions of many kinds at damaged profiles.
      warnings.add(DAMAGED);
      return null;
    }
    if (unusable != null) {
      warnings.add("the ICC profile " + unusable + " and is ignored");
      return null;
    }
    return profile;
  }

  /**
   * The profile of the palette among the chunks of a file; null if there is none or, with a
   * warning, if it cannot be used.
   */
  public static @Nullable ColorProfile of(List<Chunk> chunks, List<String> warnings) {
    for (Chunk chunk : chunks) {
      if (chunk.type().equals(Chunk.ICCP)) {
        ColorProfile profile = of(chunk.data(), warnings);
        return profile != null && profile.describes(ColorSpace.TYPE_RGB, warnings) ? profile : null;
      }
    }
    return null;
  }

  /** What keeps the profile from being used, as a predicate, or null. */
  private @Nullable String fault(ICC_Profile icc) {
    switch (icc.getProfileClass()) {
      case ICC_Profile.CLASS_ABSTRACT,
          ICC_Profile.CLASS_DEVICELINK,
          ICC_Profile.CLASS_NAMEDCOLOR -> {
        return "is of a class that does not describe images";
      }
      default -> {}
    }
    if (name(space.getType()) == null) {
      return "is for neither RGB nor grey nor CMYK";
    }
    int n = space.getNumComponents();
    WritableRaster from = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 1, 1, n, null);
    WritableRaster to = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 1, 1, 3, null);
    conversion.filter(from, to);
    space.toRGB(new float[n]);
    return null;
  }

  private static @Nullable String name(int type) {
    return switch (type) {
      case ColorSpace.TYPE_RGB -> "RGB";
      case ColorSpace.TYPE_GRAY -> "grey";
      case ColorSpace.TYPE_CMYK -> "CMYK";
      default -> null;
    };
  }

  /**
   * Whether the profile can describe samples of a type; if not, with a warning. Those of grey
   * samples are often of RGB, which holds greys too.
   *
   * @param type of samples, one of {@link ColorSpace}
   */
  boolean describes(int type, List<String> warnings) {
    if (space.getType() == type
        || type == ColorSpace.TYPE_GRAY && space.getType() == ColorSpace.TYPE_RGB) {
      return true;
    }
    warnings.add(
        "the ICC profile is for %s, not for %s, and is ignored"
            .formatted(name(space.getType()), name(type)));
    return false;
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
  private int[] greys() {
    int[] known = greys;
    if (known == null) {
      known = new int[256];
      Arrays.setAll(known, i -> toArgb(new float[] {i / 255f}));
      greys = known;
    }
    return known;
  }

  /** An image whose palette is in this space, in sRGB. */
  public IndexedImage toSrgb(IndexedImage image) {
    return new IndexedImage(toSrgb(image.palette()), image.plane());
  }

  /** A palette in this space, in sRGB. */
  public Palette toSrgb(Palette palette) {
    int[] argb = palette.toArgb();
    toSrgb(argb, argb.length);
    return palette.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  @Override
  public void toSrgb(int[] argb, int n) {
    if (components() == 1) {
      int[] levels = greys();
      for (int i = 0; i < n; i++) {
        argb[i] = argb[i] & 0xFF000000 | levels[argb[i] & 0xFF] & 0xFFFFFF;
      }
      return;
    }
    WritableRaster from = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, n, 1, 3, null);
    WritableRaster to = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, n, 1, 3, null);
    byte[] samples = ((DataBufferByte) from.getDataBuffer()).getData();
    for (int i = 0; i < n; i++) {
      samples[3 * i] = (byte) (argb[i] >>> 16);
      samples[3 * i + 1] = (byte) (argb[i] >>> 8);
      samples[3 * i + 2] = (byte) argb[i];
    }
    conversion.filter(from, to);
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
