package dev.kmq.image;

import java.util.Locale;

/**
 * How much time the encoder spends on a palette. Each effort continues where the one before stops,
 * so the error never rises with effort.
 */
public enum Effort {
  /** Fast, for previews and large batches: a good initial palette and a few refinement steps. */
  FAST,
  /** The default: close to the best palette known, in a fraction of a second for a photograph. */
  DEFAULT,
  /** Refines the palette while the error falls noticeably: seconds for a photograph. */
  BEST;

  /** {@return the name in options and on the command line, in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
