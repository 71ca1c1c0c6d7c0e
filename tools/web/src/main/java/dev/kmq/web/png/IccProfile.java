package dev.kmq.web.png;

import dev.kmq.image.PixelSource;
import dev.kmq.png.PngColor;
import dev.kmq.png.Primaries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ICC profile of RGB, grey or CMYK. Those with curves and, for RGB, a matrix can be converted to
 * sRGB; profiles with tables can only be kept. Immutable.
 */
public final class IccProfile {
  /** The samples that a profile describes. */
  public enum Type {
    /** Red, green, blue. */
    RGB,
    /** One sample, brightness. */
    GREY,
    /** Inks; no PNG has them. */
    CMYK
  }

  private static final int HEADER_BYTES = 128;
  private static final int TAG_BYTES = 12;
  private static final int MOST_TAGS = 1000;

  /** Characters of a name. */
  private static final int MOST_NAME = 200;

  /** Differences of up to this number of 255 steps are attributed to rounding. */
  private static final double SRGB_TOLERANCE = 1.5;

  private static final int SRGB_LEVELS = 6;
  private static final double ONE = 65536;

  private final byte[] data;
  private final Type type;

  /** Linear light of the 256 levels of each channel, or null if it is not computed by curves. */
  private final double @Nullable [][] light;

  /** From linear light to that of sRGB, for RGB. */
  private final double[][] toSrgb;

  private IccProfile(byte[] data) {
    this.data = data.clone();
    int tags = int32(HEADER_BYTES);
    if (int32(36) != tag("acsp") || tags < 0 || tags > MOST_TAGS) {
      throw new IllegalArgumentException("the ICC profile is damaged");
    }
    int profileClass = int32(12);
    if (profileClass == tag("abst") || profileClass == tag("link") || profileClass == tag("nmcl")) {
      throw new IllegalArgumentException(
          "the ICC profile is of a class that does not describe images");
    }
    this.type = type(int32(16));
    boolean tables = find("A2B0") >= 0;
    this.light = tables ? null : type == Type.RGB ? rgb() : type == Type.GREY ? grey() : null;
    this.toSrgb = light == null || type != Type.RGB ? new double[3][3] : matrix();
  }

  private static Type type(int space) {
    if (space == tag("RGB ")) {
      return Type.RGB;
    }
    if (space == tag("GRAY")) {
      return Type.GREY;
    }
    if (space == tag("CMYK")) {
      return Type.CMYK;
    }
    throw new IllegalArgumentException("the ICC profile is for neither RGB nor grey nor CMYK");
  }

  /** Parses a profile; null, with a warning, if it cannot be used. */
  public static @Nullable IccProfile usable(byte[] data, List<String> warnings) {
    try {
      return new IccProfile(data);
    } catch (IllegalArgumentException e) {
      warnings.add(e.getMessage() + " and is ignored");
    } catch (IndexOutOfBoundsException e) {
      warnings.add(PngColor.DAMAGED_PROFILE);
    }
    return null;
  }

  /** This profile, if it can describe samples of a type; else null, with a warning. */
  public @Nullable IccProfile required(Type samples, List<String> warnings) {
    if (type != samples && !(samples == Type.GREY && type == Type.RGB)) {
      warnings.add(
          "the ICC profile is for "
              + name(type)
              + " instead of "
              + name(samples)
              + " and is ignored");
      return null;
    }
    return this;
  }

  private static String name(Type type) {
    return type == Type.GREY ? "grey" : type.name();
  }

  Type type() {
    return type;
  }

  /** A copy of the bytes. */
  public byte[] data() {
    return data.clone();
  }

  /** Whether colours can be converted to sRGB. */
  public boolean converts() {
    return light != null;
  }

  /** The description in the profile, or a general name. */
  public String name() {
    String text = "";
    try {
      int at = find("desc");
      text = at < 0 ? "" : text(at);
    } catch (IndexOutOfBoundsException e) {
      // A profile is usable without a name.
    }
    return text.isEmpty() ? "ICC profile" : text;
  }

  private String text(int at) {
    StringBuilder text = new StringBuilder();
    if (int32(at) == tag("desc")) {
      int length = Math.min(int32(at + 8) - 1, MOST_NAME);
      for (int i = 0; i < length; i++) {
        text.append((char) (int8(at + 12 + i) & 0x7F));
      }
    } else if (int32(at) == tag("mluc") && int32(at + 8) > 0) {
      int length = Math.min(int32(at + 20), 2 * MOST_NAME);
      int start = at + int32(at + 24);
      for (int i = 0; i + 1 < length; i += 2) {
        text.append((char) int16(start + i));
      }
    }
    return text.toString().trim();
  }

  /** Whether colours are the same as in sRGB, whatever the name of the profile. */
  boolean isSrgb() {
    if (type != Type.RGB || light == null) {
      return false;
    }
    double[] color = new double[3];
    for (int i = 0; i < SRGB_LEVELS * SRGB_LEVELS * SRGB_LEVELS; i++) {
      for (int c = 0, rest = i; c < 3; c++, rest /= SRGB_LEVELS) {
        color[c] = light[c][rest % SRGB_LEVELS * 51];
      }
      double[] linear = Primaries.times(toSrgb, color);
      for (int c = 0, rest = i; c < 3; c++, rest /= SRGB_LEVELS) {
        double level = 255 * encoded(linear[c]);
        if (Math.abs(level - rest % SRGB_LEVELS * 51) > SRGB_TOLERANCE) {
          return false;
        }
      }
    }
    return true;
  }

  private static double encoded(double linear) {
    double v = Math.min(Math.max(linear, 0), 1);
    return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
  }

  /** Converts ARGB in place; alpha is kept. Unchanged unless {@link #converts}. */
  public void toSrgb(int[] argb) {
    double[][] curves = light;
    if (curves == null) {
      return;
    }
    int last = 0xFF000000;
    int lastMapped = 0;
    double[] color = new double[3];
    for (int i = 0; i < argb.length; i++) {
      int rgb = argb[i] & 0xFFFFFF;
      if (rgb != last) {
        last = rgb;
        lastMapped = mapped(curves, rgb, color);
      }
      argb[i] = argb[i] & 0xFF000000 | lastMapped;
    }
  }

  private int mapped(double[][] curves, int rgb, double[] color) {
    if (type == Type.GREY) {
      return Primaries.toSrgb(curves[0][rgb & 0xFF]) * 0x010101;
    }
    for (int c = 0; c < 3; c++) {
      color[c] = curves[c][rgb >> 16 - 8 * c & 0xFF];
    }
    double[] linear = Primaries.times(toSrgb, color);
    return Primaries.toSrgb(linear[0]) << 16
        | Primaries.toSrgb(linear[1]) << 8
        | Primaries.toSrgb(linear[2]);
  }

  /** An image in sRGB, converted once. */
  public PixelSource toSrgb(PixelSource pixels) {
    int[] argb = new int[pixels.width() * pixels.height()];
    pixels.readRows(0, pixels.height(), argb);
    toSrgb(argb);
    return PixelSource.of(pixels.width(), pixels.height(), argb);
  }

  private static int tag(String name) {
    return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
  }

  // Offsets are the file's. Arrays and buffers of the compiled codec do not check all of them.

  private int int8(int at) {
    if (at < 0 || at >= data.length) {
      throw new IndexOutOfBoundsException("offset " + at);
    }
    return data[at] & 0xFF;
  }

  private int int16(int at) {
    return int8(at) << 8 | int8(at + 1);
  }

  private int int32(int at) {
    return int16(at) << 16 | int16(at + 2);
  }

  /** Where the element of a tag begins, or -1. */
  private int find(String name) {
    int tags = int32(HEADER_BYTES);
    for (int i = 0; i < tags; i++) {
      int entry = HEADER_BYTES + 4 + i * TAG_BYTES;
      if (int32(entry) == tag(name)) {
        return int32(entry + 4);
      }
    }
    return -1;
  }

  private double @Nullable [][] rgb() {
    double[][] curves = new double[3][];
    for (int c = 0; c < 3; c++) {
      int at = find("rgb".charAt(c) + "TRC");
      double[] curve = at < 0 ? null : curve(at);
      if (curve == null || find("rgb".charAt(c) + "XYZ") < 0) {
        throw new IllegalArgumentException("the ICC profile is damaged");
      }
      curves[c] = curve;
    }
    return curves;
  }

  private double @Nullable [][] grey() {
    int at = find("kTRC");
    double[] curve = at < 0 ? null : curve(at);
    if (curve == null) {
      throw new IllegalArgumentException("the ICC profile is damaged");
    }
    if (int32(20) == tag("Lab ")) {
      for (int i = 0; i < curve.length; i++) {
        double lightness = (100 * curve[i] + 16) / 116;
        boolean dark = lightness <= 6.0 / 29;
        curve[i] = dark ? (lightness - 4.0 / 29) * 108 / 841 : Math.pow(lightness, 3);
      }
    }
    return new double[][] {curve};
  }

  private double[][] matrix() {
    double[][] xyz = new double[3][3];
    for (int c = 0; c < 3; c++) {
      int at = find("rgb".charAt(c) + "XYZ");
      for (int r = 0; r < 3; r++) {
        xyz[r][c] = int32(at + 8 + 4 * r) / ONE;
      }
    }
    double[][] srgb = Primaries.times(Primaries.SRGB.toD50(), Primaries.SRGB.toXyz());
    return Primaries.times(Primaries.inverse(srgb), xyz);
  }

  /** Linear light of 256 levels, or null if the curve is of an unknown kind. */
  private double @Nullable [] curve(int at) {
    int kind = int32(at);
    double[] levels = new double[256];
    if (kind == tag("curv")) {
      int count = int32(at + 8);
      for (int i = 0; i < 256; i++) {
        levels[i] = table(at + 12, count, i / 255.0);
      }
      return levels;
    }
    int form = int16(at + 8);
    if (kind != tag("para") || form < 0 || form > 4) {
      return null;
    }
    int[] parameters = {1, 3, 4, 5, 7};
    double[] p = new double[7];
    for (int i = 0; i < parameters[form]; i++) {
      p[i] = int32(at + 12 + 4 * i) / ONE;
    }
    for (int i = 0; i < 256; i++) {
      levels[i] = parametric(form, p, i / 255.0);
    }
    return levels;
  }

  private double table(int at, int count, double x) {
    if (count == 0) {
      return x;
    }
    if (count == 1) {
      return Math.pow(x, int16(at) / 256.0);
    }
    double place = x * (count - 1);
    int below = Math.min((int) place, count - 2);
    double low = int16(at + 2 * below);
    double high = int16(at + 2 * below + 2);
    return (low + (high - low) * (place - below)) / 65535;
  }

  /** The functions of parametricCurveType (ICC.1:2022, 10.18); p is g, a, b, c, d, e, f. */
  private static double parametric(int form, double[] p, double x) {
    double power = form == 0 ? Math.pow(x, p[0]) : Math.pow(Math.max(0, p[1] * x + p[2]), p[0]);
    return switch (form) {
      case 0 -> power;
      case 1 -> p[1] * x + p[2] >= 0 ? power : 0;
      case 2 -> (p[1] * x + p[2] >= 0 ? power : 0) + p[3];
      case 3 -> x >= p[4] ? power : p[3] * x;
      default -> x >= p[4] ? power + p[5] : p[3] * x + p[6];
    };
  }
}
