package dev.kmq.image;

import java.util.Locale;

/** The distance between colours, used to assign pixels and to compute means. */
public enum Metric {
  /**
   * Euclidean distance in 8-bit RGB, premultiplied by alpha: the distance that mse and PSNR
   * measure.
   */
  RGB,
  /**
   * Euclidean distance in Oklab, premultiplied by alpha: closer to perceived differences. Its a and
   * b count 0.7 times, 1.2 times in images with alpha. Its cone responses have an offset, as in the
   * XYB space of JPEG XL, since differences near black would otherwise count more than they are
   * visible. Colours are assumed to be sRGB.
   *
   * @see <a href="https://bottosson.github.io/posts/oklab/">Ottosson, A perceptual color space for
   *     image processing, 2020</a>
   */
  OKLAB;

  /** {@return the name in options and on the command line, in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
