package dev.kmq.image;

import java.util.Locale;

/** How entries are chosen for pixels whose colour is not in the palette. */
public enum Dither {
  /**
   * No dithering: every pixel gets its nearest entry, which minimises the error of each pixel and
   * the total.
   */
  NONE,
  /**
   * Error diffusion (Floyd and Steinberg, Proc. SID 17(2), 1976), in serpentine order; areas keep
   * their mean colour.
   */
  FLOYD_STEINBERG,
  /**
   * Ordered dithering with a blue-noise mask. The entry of a pixel depends only on its colour and
   * place, so tiles and regions are independent of each other.
   */
  BLUE_NOISE,
  /**
   * Ordered dithering with Bayer's matrix of 8x8 thresholds, between two entries on either side of
   * the colour, at any distance: the regular pattern of displays with few greys. In an area of one
   * colour, blocks of 8x8 pixels keep the mean colour to 1/64 of the distance between the two
   * entries.
   */
  BAYER;

  /** The name in options and on the command line, in lower case with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
