package dev.kmq.image;

import java.util.Locale;

/** What "near" means between colours, both where pixels are assigned and where means are taken. */
public enum Metric {
  /** Euclidean distance in 8-bit RGB, premultiplied by alpha: what mse and PSNR measure. */
  RGB,
  /**
   * Euclidean distance in Oklab, premultiplied by alpha: nearer to what is seen.
   *
   * @see <a href="https://bottosson.github.io/posts/oklab/">Ottosson, A perceptual color space for
   *     image processing, 2020</a>
   */
  OKLAB;

  /** The name in options and on the command line, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
