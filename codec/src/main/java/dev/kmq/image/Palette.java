package dev.kmq.image;

import java.util.Arrays;

/**
 * An ordered list of 1 to 65536 colours, immutable. Entries are ARGB with straight alpha, 8 bits
 * each; equal entries may occur (specification, section Palette).
 */
public final class Palette {
  /** Maximum number of entries. */
  public static final int MAX_SIZE = 65536;

  private final int[] argb;
  private final boolean hasAlpha;

  private Palette(int[] argb, boolean hasAlpha) {
    this.argb = argb;
    this.hasAlpha = hasAlpha;
  }

  /**
   * {@return a palette without alpha; the alpha bits of {@code rgb} are ignored and read back as
   * opaque}
   *
   * @param rgb 1 to 65536 entries; copied
   * @throws IllegalArgumentException if there are not 1 to 65536 entries
   */
  public static Palette ofRgb(int... rgb) {
    checkSize(rgb.length);
    int[] opaque = new int[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      opaque[i] = rgb[i] | 0xFF000000;
    }
    return new Palette(opaque, false);
  }

  /**
   * {@return a palette with straight alpha, stored as RGBA entries even if all of them are opaque}
   *
   * @param argb 1 to 65536 entries; copied
   * @throws IllegalArgumentException if there are not 1 to 65536 entries
   */
  public static Palette ofArgb(int... argb) {
    checkSize(argb.length);
    return new Palette(argb.clone(), true);
  }

  private static void checkSize(int size) {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "a palette must have 1 to " + MAX_SIZE + " colours, not " + size);
    }
  }

  /** {@return the number of entries, K} */
  public int size() {
    return argb.length;
  }

  /**
   * {@return whether entries have alpha (RGBA8 in the file) or are all opaque by definition (RGB8)}
   */
  public boolean hasAlpha() {
    return hasAlpha;
  }

  /**
   * {@return the entry {@code index} as ARGB, straight alpha}
   *
   * @param index 0 to {@code size() - 1}
   * @throws IndexOutOfBoundsException if index is not 0 to {@code size() - 1}
   */
  public int argb(int index) {
    return argb[index];
  }

  /** {@return a copy of all entries as ARGB, straight alpha} */
  public int[] toArgb() {
    return argb.clone();
  }

  /** {@return bits of one packed index: the smallest b with 2^b >= K; 0 for K = 1} */
  public int bitsPerIndex() {
    return bitsPerIndex(argb.length);
  }

  /**
   * {@return the smallest b with {@code 2^b >= colors}, for 1 to 65536 colours: 0 to 16}
   *
   * @param colors K, 1 to 65536
   */
  public static int bitsPerIndex(int colors) {
    checkSize(colors);
    return 32 - Integer.numberOfLeadingZeros(colors - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Palette p && p.hasAlpha == hasAlpha && Arrays.equals(p.argb, argb);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(argb) + Boolean.hashCode(hasAlpha);
  }

  @Override
  public String toString() {
    return "Palette[" + argb.length + (hasAlpha ? " RGBA" : " RGB") + " colours]";
  }
}
