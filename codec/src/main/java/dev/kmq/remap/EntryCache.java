package dev.kmq.remap;

import dev.kmq.quantize.NearestColor;

/**
 * A cache of the nearest entries of colours: neighbouring pixels have few different colours. An
 * instance is for one thread at a time.
 */
final class EntryCache {
  private static final int BITS = 14;

  private final NearestColor nearest;
  private final boolean alpha;
  private final int[] colors = new int[1 << BITS];

  /** Entry of the colour in the same slot, plus 1; 0 where there is none. */
  private final int[] entries = new int[1 << BITS];

  EntryCache(NearestColor nearest, boolean alpha) {
    this.nearest = nearest;
    this.alpha = alpha;
  }

  int index(int argb) {
    int color = alpha ? argb : argb | 0xFF000000;
    int slot = (color * 0x9E3779B1) >>> (32 - BITS);
    if (entries[slot] == 0 || colors[slot] != color) {
      colors[slot] = color;
      entries[slot] = nearest.index(color) + 1;
    }
    return entries[slot] - 1;
  }
}
