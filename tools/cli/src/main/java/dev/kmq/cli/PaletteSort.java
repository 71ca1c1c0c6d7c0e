package dev.kmq.cli;

import dev.kmq.image.Palette;
import java.util.Arrays;

/** Orders of a palette; the sort is stable. */
enum PaletteSort {
  /** Unchanged. */
  NONE,
  /** From dark to light, by the luma of ITU-R BT.709. */
  LIGHTNESS,
  /** Greys from dark to light, then around the circle from red, dark before light. */
  HUE;

  /** The palette with the entries from {@code first} on in this order. */
  Palette of(Palette palette, int first) {
    if (this == NONE) {
      return palette;
    }
    int[] argb = palette.toArgb();
    Long[] keys = new Long[Math.max(0, argb.length - first)];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(argb[first + i]) << 16 | i;
    }
    Arrays.sort(keys);
    int[] sorted = argb.clone();
    for (int i = 0; i < keys.length; i++) {
      sorted[first + i] = argb[first + (int) (keys[i] & 0xFFFF)];
    }
    return palette.hasAlpha() ? Palette.ofArgb(sorted) : Palette.ofRgb(sorted);
  }

  /** Below 2^40. */
  private long key(int argb) {
    int r = argb >>> 16 & 0xFF;
    int g = argb >>> 8 & 0xFF;
    int b = argb & 0xFF;
    long luma = 2126L * r + 7152L * g + 722L * b;
    return this == LIGHTNESS ? luma : (long) hue(r, g, b) << 22 | luma;
  }

  /** 0 for greys, else 1 to 1536 from red through yellow, green, cyan and blue to magenta. */
  private static int hue(int r, int g, int b) {
    int max = Math.max(r, Math.max(g, b));
    int min = Math.min(r, Math.min(g, b));
    int range = max - min;
    if (range == 0) {
      return 0;
    }
    int turn;
    if (max == r) {
      turn = g >= b ? 256 * (g - b) / range : 1536 - 256 * (b - g) / range;
    } else if (max == g) {
      turn = 512 + 256 * (b - r) / range;
    } else {
      turn = 1024 + 256 * (r - g) / range;
    }
    return 1 + turn % 1536;
  }
}
