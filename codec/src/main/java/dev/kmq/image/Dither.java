package dev.kmq.image;

import java.util.Locale;

/** How pixels get their entries where the palette lacks their colour. */
public enum Dither {
  /** Every pixel its nearest entry: the smallest error of each pixel, and of all together. */
  NONE,
  /**
   * Error diffusion (Floyd and Steinberg, Proc. SID 17(2), 1976), row by row in turning direction:
   * areas keep their mean colour.
   */
  FLOYD_STEINBERG,
  /**
   * Ordered by a blue-noise mask: a pixel's entry depends on its colour and place alone, so that
   * tiles and regions do not depend on each other.
   */
  BLUE_NOISE;

  /** The name in options and on the command line, in lower case with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
