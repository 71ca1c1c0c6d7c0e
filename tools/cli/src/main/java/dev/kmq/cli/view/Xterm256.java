package dev.kmq.cli.view;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.image.Dither;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The colours 16 to 255 of xterm: a cube of six levels per channel, then greys. The first sixteen
 * differ from terminal to terminal.
 */
final class Xterm256 {
  private static final int[] LEVELS = {0, 95, 135, 175, 215, 255};
  private static final int CUBE = 16;
  private static final int GREYS = 232;
  private static final int COLORS = 256;

  private static final Map<Integer, Integer> INDICES = new HashMap<>();
  private static final EncodeOptions OPTIONS;

  static {
    int[] colors = new int[COLORS - CUBE];
    for (int i = CUBE; i < COLORS; i++) {
      colors[i - CUBE] = 0xFF000000 | rgb(i);
      INDICES.put(rgb(i), i);
    }
    OPTIONS =
        EncodeOptions.builder()
            .palette(PaletteChoice.given(Palette.ofRgb(colors)))
            .metric(Metric.OKLAB)
            .dither(Dither.FLOYD_STEINBERG)
            .build();
  }

  private Xterm256() {}

  /** The RGB of a colour from 16 on. */
  static int rgb(int index) {
    if (index >= GREYS) {
      return (8 + 10 * (index - GREYS)) * 0x010101;
    }
    int at = index - CUBE;
    return LEVELS[at / 36] << 16 | LEVELS[at / 6 % 6] << 8 | LEVELS[at % 6];
  }

  /** The image dithered in these colours. */
  static PixelSource dithered(PixelSource pixels) {
    return new KmqEncoder(OPTIONS).quantize(pixels).pixels();
  }

  /** The index of one of the colours. */
  static int index(int rgb) {
    return Objects.requireNonNull(INDICES.get(rgb & 0xFFFFFF));
  }
}
