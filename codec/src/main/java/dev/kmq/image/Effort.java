package dev.kmq.image;

import java.util.Locale;

/**
 * How much work goes into a palette. Each effort continues where the one before stops, so the error
 * never rises with effort.
 */
public enum Effort {
  /** A good start and a few of Lloyd's steps: for previews and large batches. */
  FAST,
  /** Close to the best palette known, in a fraction of a second for a photograph. */
  DEFAULT,
  /** For as long as it pays, seconds for a photograph. */
  BEST;

  /** The name in options and on the command line, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
