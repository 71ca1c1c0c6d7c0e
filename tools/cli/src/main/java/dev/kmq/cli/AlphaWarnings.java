package dev.kmq.cli;

import dev.kmq.image.AlphaLoss;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Warnings that a given palette has no entry for transparent or opaque pixels. */
final class AlphaWarnings {
  private AlphaWarnings() {}

  /** Compares an image with a palette; a line for each kind of pixels. */
  static List<String> of(PixelSource pixels, Palette palette) {
    return of(AlphaLoss.of(pixels, palette));
  }

  /** Warnings of a known loss. */
  static List<String> of(AlphaLoss alpha) {
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
