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
   * Error diffusion (Floyd and Steinberg, Proc. SID 17(2), 1976), in serpentine order, in the space
   * of the metric. Computed colours are then fitted to the dithered image as the eye sees it.
   */
  FLOYD_STEINBERG,
  /**
   * Spatial quantisation (Puzicha et al., IEEE Trans. Image Process. 9(4), 2000): entries, and
   * their colours if they are computed, are chosen together so that the error is least after
   * blurring, as in the eye. The best looking, and the slowest: about a second for 768x512 pixels.
   * Above 2^20 pixels the image is processed in strips.
   */
  SPATIAL,
  /**
   * Ordered dithering with a blue-noise mask. With a given palette, the entry of a pixel depends
   * only on its colour and place, so tiles, regions and the still parts of an animation are
   * independent of the rest. With a computed palette of 32 entries or more, it also depends on the
   * hues within 8 pixels.
   */
  BLUE_NOISE,
  /**
   * Ordered dithering with Bayer's matrix of 8x8 thresholds, between two entries on either side of
   * the colour, at any distance: the regular pattern of displays with few greys. In an area of one
   * colour, blocks of 8x8 pixels keep the mean colour to 1/64 of the distance between the two
   * entries.
   */
  BAYER;

  /** {@return the name in options and on the command line, in lower case with hyphens} */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
