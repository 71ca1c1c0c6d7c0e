package dev.kmq.picture;

import java.util.Arrays;

/**
 * The screen of an animation: frames are drawn onto it one after another. Colours are ARGB, not
 * premultiplied.
 */
final class Screen {
  /** What happens to the area of a frame when the next one is drawn. */
  enum Disposal {
    KEEP,
    /** It becomes transparent, as in browsers, whatever the background colour. */
    CLEAR,
    /** It shows again what it showed before the frame. */
    RESTORE
  }

  /**
   * The area of a frame.
   *
   * @param blended whether the frame is composited over the screen rather than replacing its pixels
   */
  record Area(int left, int top, int width, int height, boolean blended, Disposal disposal) {
    /** Whether nothing of a screen shows beside the frame or through it. */
    boolean covers(Screen screen, int[] argb) {
      boolean whole =
          left <= 0 && top <= 0 && left + width >= screen.width && top + height >= screen.height;
      return whole && (!blended || Arrays.stream(argb).allMatch(c -> c >>> 24 == 255));
    }
  }

  private final int width;
  private final int height;
  private final int[] pixels;

  /** The last frame's area, if its disposal changes the screen. */
  private Area last = new Area(0, 0, 0, 0, false, Disposal.KEEP);

  /** What the last frame covered, if it is to be restored. */
  private int[] covered = {};

  /** A transparent screen. */
  Screen(int width, int height) {
    this.width = width;
    this.height = height;
    this.pixels = new int[width * height];
  }

  /** The pixels shown, row by row; a copy. */
  int[] pixels() {
    return pixels.clone();
  }

  /**
   * Disposes of the last frame and draws the next one; what exceeds the screen is cut off.
   *
   * @param argb the pixels of the frame, row by row
   */
  void draw(Area area, int[] argb) {
    dispose();
    int right = Math.min(width, area.left + area.width);
    int bottom = Math.min(height, area.top + area.height);
    if (area.disposal == Disposal.RESTORE) {
      covered = pixels.clone();
    }
    for (int y = area.top; y < bottom; y++) {
      int from = (y - area.top) * area.width - area.left;
      for (int x = area.left; x < right; x++) {
        int at = y * width + x;
        pixels[at] = area.blended ? Compositing.over(argb[from + x], pixels[at]) : argb[from + x];
      }
    }
    last = area;
  }

  /** Disposes of the last frame, without a next one. */
  void dispose() {
    if (last.disposal == Disposal.RESTORE) {
      System.arraycopy(covered, 0, pixels, 0, pixels.length);
      covered = new int[0];
    } else if (last.disposal == Disposal.CLEAR) {
      int right = Math.min(width, last.left + last.width);
      int bottom = Math.min(height, last.top + last.height);
      for (int y = last.top; y < bottom && last.left < right; y++) {
        Arrays.fill(pixels, y * width + last.left, y * width + right, 0);
      }
    }
    last = new Area(0, 0, 0, 0, false, Disposal.KEEP);
  }
}
