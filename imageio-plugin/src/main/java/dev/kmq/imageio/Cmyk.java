package dev.kmq.imageio;

import java.awt.color.ColorSpace;

/** CMYK without a profile, as viewers show it: R = (1-C)(1-K), and so on, in sRGB. */
final class Cmyk extends ColorSpace {
  static final ColorSpace SPACE = new Cmyk();

  private static final long serialVersionUID = 1;

  private Cmyk() {
    super(TYPE_CMYK, 4);
  }

  @Override
  public float[] toRGB(float[] inks) {
    float paper = 1 - inks[3];
    return new float[] {(1 - inks[0]) * paper, (1 - inks[1]) * paper, (1 - inks[2]) * paper};
  }

  @Override
  public float[] fromRGB(float[] rgb) {
    return new float[] {1 - rgb[0], 1 - rgb[1], 1 - rgb[2], 0};
  }

  @Override
  public float[] toCIEXYZ(float[] inks) {
    return getInstance(CS_sRGB).toCIEXYZ(toRGB(inks));
  }

  @Override
  public float[] fromCIEXYZ(float[] xyz) {
    return fromRGB(getInstance(CS_sRGB).fromCIEXYZ(xyz));
  }
}
