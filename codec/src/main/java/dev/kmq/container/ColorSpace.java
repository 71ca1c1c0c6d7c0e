package dev.kmq.container;

/** What the numbers of the palette mean (specification, section Header). */
public enum ColorSpace {
  /** 0: sRGB (IEC 61966-2-1). */
  SRGB,
  /** 1: as the ICC profile in the {@code iCCP} chunk says; the chunk is then there. */
  ICC;

  /** The number that stands in the header. */
  public int code() {
    return ordinal();
  }
}
