package dev.kmq.imageio;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An image of colours as indices into a palette that contains all of them. It restores the palette
 * of a file for an image that has been read as colours.
 */
final class PaletteRows implements IndexSource {
  private static final int BAND_PIXELS = 1 << 16;

  private final PixelSource pixels;
  private final Palette palette;

  /** The colours in ascending order, as signed numbers, and the index of each in the palette. */
  private final int[] colors;

  private final int[] entries;
  private int[] argb = {};

  private PaletteRows(PixelSource pixels, Palette palette) {
    this.pixels = pixels;
    this.palette = palette;
    long[] order = new long[palette.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) palette.argb(i) << 32 | i;
    }
    Arrays.sort(order);
    this.colors = new int[order.length];
    this.entries = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      colors[i] = (int) (order[i] >> 32);
      boolean again = i > 0 && colors[i] == colors[i - 1];
      entries[i] = again ? entries[i - 1] : (int) order[i];
    }
  }

  /**
   * Reads the whole image. A colour that occurs more than once in the palette gets the first of its
   * entries.
   *
   * @param work reports progress, and may be cancelled
   * @return null if a colour is not in the palette
   */
  static @Nullable PaletteRows of(PixelSource pixels, Palette palette, Work work) {
    PaletteRows rows = new PaletteRows(pixels, palette);
    int band = Math.max(1, BAND_PIXELS / pixels.width());
    IndexPlane scratch = IndexPlane.allocate(pixels.width(), band, palette.size());
    for (int y = 0; y < pixels.height(); y += band) {
      work.report((double) y / pixels.height());
      if (!rows.read(y, Math.min(band, pixels.height() - y), scratch)) {
        return null;
      }
    }
    return rows;
  }

  /** Whether all colours of the rows are in the palette; their indices if so. */
  private boolean read(int y, int rows, IndexPlane to) {
    int n = rows * width();
    if (argb.length < n) {
      argb = new int[n];
    }
    pixels.readRows(y, rows, argb);
    int color = colors[0];
    int entry = entries[0];
    for (int i = 0; i < n; i++) {
      if (argb[i] != color) {
        color = argb[i];
        int at = Arrays.binarySearch(colors, color);
        if (at < 0) {
          return false;
        }
        entry = entries[at];
      }
      if (to.wide()) {
        to.shorts()[i] = (short) entry;
      } else {
        to.bytes()[i] = (byte) entry;
      }
    }
    return true;
  }

  /** Whether each colour has one entry, so that the indices are those that the image had. */
  boolean isUnambiguous() {
    for (int i = 1; i < colors.length; i++) {
      if (colors[i] == colors[i - 1]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int width() {
    return pixels.width();
  }

  @Override
  public int height() {
    return pixels.height();
  }

  @Override
  public Palette palette() {
    return palette;
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    if (!read(y, rows, plane)) {
      throw new IllegalStateException("the pixels of the image have changed during writing");
    }
    return plane;
  }
}
