package dev.kmq.cli.view;

/**
 * The colours 16 to 255 of xterm: a cube of six levels per channel, then greys. The first sixteen
 * differ from terminal to terminal.
 */
final class Xterm256 {
  private static final int[] LEVELS = {0, 95, 135, 175, 215, 255};
  private static final int CUBE = 16;
  private static final int GREYS = 232;
  private static final int GREY_COUNT = 24;

  private Xterm256() {}

  /** The RGB of a colour from 16 on. */
  static int rgb(int index) {
    if (index >= GREYS) {
      return (8 + 10 * (index - GREYS)) * 0x010101;
    }
    int at = index - CUBE;
    return LEVELS[at / 36] << 16 | LEVELS[at / 6 % 6] << 8 | LEVELS[at % 6];
  }

  /** The colour with the least squared distance. */
  static int nearest(int rgb) {
    int red = rgb >>> 16 & 0xFF;
    int green = rgb >>> 8 & 0xFF;
    int blue = rgb & 0xFF;
    int cube = CUBE + 36 * level(red) + 6 * level(green) + level(blue);
    int mean = (red + green + blue) / 3;
    int grey = GREYS + Math.max(0, Math.min(GREY_COUNT - 1, (mean - 3) / 10));
    return distance(rgb, rgb(grey)) < distance(rgb, rgb(cube)) ? grey : cube;
  }

  private static int level(int sample) {
    int best = 0;
    for (int i = 1; i < LEVELS.length; i++) {
      if (Math.abs(LEVELS[i] - sample) < Math.abs(LEVELS[best] - sample)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int a, int b) {
    int sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int d = (a >>> shift & 0xFF) - (b >>> shift & 0xFF);
      sum += d * d;
    }
    return sum;
  }
}
