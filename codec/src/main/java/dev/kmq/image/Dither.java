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
  BLUE_NOISE,
  /**
   * Ordered by Bayer's matrix of 8x8 thresholds, between two entries on either side of the colour,
   * however far apart these are: the regular pattern of displays of few greys. Blocks of 8x8 pixels
   * keep the mean colour of an even area to 1/64 of the distance between the two entries.
   */
  BAYER;

  /** The name in options and on the command line, in lower case with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
