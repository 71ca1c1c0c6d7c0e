package dev.kmq.container;

/** What the numbers of the palette mean (specification, section Header). */
public enum ColorSpace {
  /** 0: sRGB (IEC 61966-2-1). */
  SRGB(0),
  /** 1: as the ICC profile in the {@code iCCP} chunk says; the chunk is then there. */
  ICC(1);

  private final int code;

  ColorSpace(int code) {
    this.code = code;
  }

  /** The number that stands in the header. */
  public int code() {
    return code;
  }
}
