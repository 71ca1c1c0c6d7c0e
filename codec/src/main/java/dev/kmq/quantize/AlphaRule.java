package dev.kmq.quantize;

import dev.kmq.image.Palette;

/**
 * Which entries a pixel may have: a fully transparent one exactly if the pixel is fully
 * transparent, and an opaque one if the pixel is opaque. So transparent areas stay invisible and
 * opaque areas hide the background. Where the palette lacks such entries, an opaque pixel may have
 * any visible entry, and other pixels any entry. Immutable.
 */
public final class AlphaRule {
  /** The least alpha of an entry for opaque and for translucent pixels. */
  private final int leastForOpaque;

  private final int leastForTranslucent;

  /** The largest alpha of an entry for fully transparent pixels. */
  private final int mostForTransparent;

  /** The rule among the entries of a palette. */
  public AlphaRule(Palette palette) {
    int least = 255;
    int most = 0;
    for (int i = 0; i < palette.size(); i++) {
      least = Math.min(least, palette.argb(i) >>> 24);
      most = Math.max(most, palette.argb(i) >>> 24);
    }
    leastForOpaque = most == 255 ? 255 : Math.min(most, 1);
    leastForTranslucent = Math.min(most, 1);
    mostForTransparent = least == 0 ? 0 : 255;
  }

  /** Whether a pixel may have an entry; both are ARGB. */
  public boolean allows(int pixel, int entry) {
    int alpha = entry >>> 24;
    return switch (pixel >>> 24) {
      case 0 -> alpha <= mostForTransparent;
      case 255 -> alpha >= leastForOpaque;
      default -> alpha >= leastForTranslucent;
    };
  }
}
