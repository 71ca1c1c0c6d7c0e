package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An ICC profile of RGB, grey or CMYK samples, and its conversion of colours to sRGB, computed with
 * 16 bits a sample. The profile's class is input, display, output or colour space; Java's colour
 * management applies it with the rendering intent that it names.
 *
 * <p>Instances are immutable and may be used by several threads at the same time.
 */
public final class IccProfile {
  /** Differences of up to this number of 255 steps are attributed to rounding. */
  private static final double SRGB_TOLERANCE = 1.5;

  private static final int SRGB_LEVELS = 6;

  private final byte[] data;
  private final ICC_ColorSpace space;
  private final IccConversion toSrgb;

  private IccProfile(byte[] data, ICC_ColorSpace space) {
    this.data = data;
    this.space = space;
    this.toSrgb = IccConversion.toSrgb(space);
  }

  /**
   * Parses a profile: the bytes of an {@code iCCP} chunk, or of the profile in any other image
   * file.
   *
   * @param data copied
   * @return the profile
   * @throws IllegalArgumentException if they are not a profile that can convert images; the message
   *     gives the reason
   */
  public static IccProfile of(byte[] data) {
    IccProfile profile;
    String fault;
    try {
      ICC_Profile icc = ICC_Profile.getInstance(data);
      profile = new IccProfile(data.clone(), new ICC_ColorSpace(icc));
      fault = profile.fault(icc.getProfileClass());
    } catch (RuntimeException e) {
      // Java's colour management throws exceptions of many kinds for damaged profiles.
      throw new IllegalArgumentException("the ICC profile is damaged", e);
    }
    if (fault != null) {
      throw new IllegalArgumentException("the ICC profile is " + fault);
    }
    return profile;
  }

  private @Nullable String fault(int profileClass) {
    switch (profileClass) {
      case ICC_Profile.CLASS_ABSTRACT,
          ICC_Profile.CLASS_DEVICELINK,
          ICC_Profile.CLASS_NAMEDCOLOR -> {
        return "of a class that does not describe images";
      }
      default -> {}
    }
    if (name(type()) == null) {
      return "for neither RGB nor grey nor CMYK";
    }
    toSrgb.apply(new short[components()], 1);
    return null;
  }

  /**
   * The profile of all palettes of a {@code .kmq} file, main and alternative.
   *
   * @param header of the file
   * @param chunks of the file
   * @return empty if the header states that the palettes are sRGB
   * @throws IllegalArgumentException if the profile cannot be used; the palettes are then shown as
   *     if they were sRGB
   */
  public static Optional<IccProfile> of(Header header, List<Chunk> chunks) {
    if (header.colorSpace() == dev.kmq.container.ColorSpace.SRGB) {
      return Optional.empty();
    }
    return chunks.stream()
        .filter(chunk -> chunk.type().equals(Chunk.ICCP))
        .findFirst()
        .map(chunk -> of(chunk.data()).requireType(ColorSpace.TYPE_RGB));
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
   * The profile of a palette in a chunk; null if there is no chunk or the profile cannot be used.
   */
  static @Nullable IccProfile usable(@Nullable Chunk chunk) {
    try {
      return chunk == null ? null : of(chunk.data()).requireType(ColorSpace.TYPE_RGB);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether a colour space is the one of a profile in a chunk. */
  static boolean describes(Chunk chunk, ColorSpace space) {
    return space.getType() == ColorSpace.TYPE_RGB
        && space instanceof ICC_ColorSpace icc
        && Arrays.equals(icc.getProfile().getData(), chunk.data());
  }

  /** {@return a copy of the profile's bytes, as {@link Chunk#iccProfile} takes them} */
  public byte[] data() {
    return data.clone();
  }

  /**
   * {@return what the samples are: {@link ColorSpace#TYPE_RGB}, {@link ColorSpace#TYPE_GRAY} or
   * {@link ColorSpace#TYPE_CMYK}}
   */
  public int type() {
    return space.getType();
  }

  /**
   * This profile, if it can describe samples of a type. Grey samples often have an RGB profile,
   * which covers greys too.
   *
   * @param type type of the samples, as returned by {@link #type}
   * @return this profile
   * @throws IllegalArgumentException if it cannot
   */
  public IccProfile requireType(int type) {
    if (type() != type && !(type == ColorSpace.TYPE_GRAY && type() == ColorSpace.TYPE_RGB)) {
      throw new IllegalArgumentException(
          "the ICC profile is for " + name(type()) + " instead of " + name(type));
    }
    return this;
  }

  /** Number of samples of a colour: 3, 1 or 4. */
  int components() {
    return space.getNumComponents();
  }

  IccConversion toSrgb() {
    return toSrgb;
  }

  /**
   * {@return whether colours are the same as in sRGB, within 1.5 of 255 levels, whatever the name
   * of the profile}
   */
  public boolean isSrgb() {
    if (type() != ColorSpace.TYPE_RGB) {
      return false;
    }
    int n = SRGB_LEVELS * SRGB_LEVELS * SRGB_LEVELS;
    short[] from = new short[3 * n];
    for (int i = 0, rest = 0; i < from.length; i++) {
      rest = i % 3 == 0 ? i / 3 : rest / SRGB_LEVELS;
      from[i] = (short) (rest % SRGB_LEVELS * 65535 / (SRGB_LEVELS - 1));
    }
    short[] to = toSrgb.apply(from, n);
    for (int i = 0; i < from.length; i++) {
      if (Math.abs((to[i] & 0xFFFF) - (from[i] & 0xFFFF)) > SRGB_TOLERANCE * 257) {
        return false;
      }
    }
    return true;
  }

  /**
   * Converts a palette in this profile to sRGB and keeps alpha. With a grey profile, red, green and
   * blue of an entry are its level and are assumed equal.
   *
   * @param palette not changed
   * @return the result in sRGB
   * @throws IllegalArgumentException if this is a profile of CMYK
   */
  public Palette toSrgb(Palette palette) {
    int[] argb = palette.toArgb();
    toSrgb(argb);
    return palette.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  /**
   * Converts the palette of an image in this profile to sRGB; the indices are shared.
   *
   * @param image not changed
   * @return the result in sRGB
   * @throws IllegalArgumentException if this is a profile of CMYK
   */
  public IndexedImage toSrgb(IndexedImage image) {
    return image.withPalette(toSrgb(image.palette()));
  }

  /** Converts ARGB in place. */
  void toSrgb(int[] argb) {
    if (type() != ColorSpace.TYPE_GRAY) {
      requireType(ColorSpace.TYPE_RGB);
    }
    toSrgb.apply(argb);
  }

  /**
   * Converts an sRGB palette to this profile and keeps alpha.
   *
   * @param palette not changed
   * @return empty if this is not an RGB profile, or converts in the other direction only
   */
  public Optional<Palette> fromSrgb(Palette palette) {
    if (type() != ColorSpace.TYPE_RGB) {
      return Optional.empty();
    }
    int[] argb = palette.toArgb();
    try {
      IccConversion.fromSrgb(space).apply(argb);
    } catch (RuntimeException e) {
      // Java's colour management throws this if the profile has no table for this direction.
      return Optional.empty();
    }
    return Optional.of(palette.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb));
  }
}
