package dev.kmq.picture;

import dev.kmq.image.AlphaLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Warnings that a given palette has no entry for transparent or opaque pixels. */
public final class AlphaWarnings {
  private AlphaWarnings() {}

  /** A line for each kind of pixels that lose their alpha. */
  public static List<String> of(AlphaLoss alpha) {
    List<String> lines = new ArrayList<>();
    if (alpha.transparent() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "the palette has no fully transparent entry; %d transparent pixels get the nearest"
                  + " colour",
              alpha.transparent()));
    }
    if (alpha.opaque() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "the palette has no opaque entry; %d opaque pixels get the nearest colour",
              alpha.opaque()));
    }
    return lines;
  }
}
