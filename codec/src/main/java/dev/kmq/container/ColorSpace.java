package dev.kmq.container;

/** The colour space of the palette (specification, section Header). */
public enum ColorSpace {
  /** 0: sRGB (IEC 61966-2-1). */
  SRGB(0),
  /** 1: that of the ICC profile in the {@code iCCP} chunk, which must be present. */
  ICC(1);

  private final int code;

  ColorSpace(int code) {
    this.code = code;
  }

  /** {@return the number that is stored in the header} */
  public int code() {
    return code;
  }
}
