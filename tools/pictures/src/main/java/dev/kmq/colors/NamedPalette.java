package dev.kmq.colors;

import dev.kmq.image.Palette;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The named palettes of {@code --palette}: greys from black to white in even steps, and the colours
 * of common e-paper displays. Names of letters list the entries in order. Colours are the nominal
 * ones that display drivers expect, not the appearance of the ink; {@link #ACEP7} and {@link
 * #SPECTRA6} follow Waveshare's drivers epd7in3f and epd7in3e, nearly in their order.
 */
public enum NamedPalette {
  GREY2(greys(2)),
  GREY4(greys(4)),
  GREY16(greys(16)),
  /** The same as {@link #GREY2}, by its name in e-paper libraries. */
  BW(Color.BLACK, Color.WHITE),
  /** As in PBM, where 1 is ink. */
  WB(Color.WHITE, Color.BLACK),
  BWR(Color.BLACK, Color.WHITE, Color.RED),
  BWY(Color.BLACK, Color.WHITE, Color.YELLOW),
  /** The four colours of the controller JD79661. */
  BWYR(Color.BLACK, Color.WHITE, Color.YELLOW, Color.RED),
  /** Advanced colour e-paper, seven colours. */
  ACEP7(Color.BLACK, Color.WHITE, Color.GREEN, Color.BLUE, Color.RED, Color.YELLOW, Color.ORANGE),
  /**
   * E Ink Spectra 6; displays do not use code 4, so their codes of blue and green are one higher.
   */
  SPECTRA6(Color.BLACK, Color.WHITE, Color.YELLOW, Color.RED, Color.BLUE, Color.GREEN);

  private static final class Color {
    static final int BLACK = 0x000000;
    static final int WHITE = 0xFFFFFF;
    static final int RED = 0xFF0000;
    static final int YELLOW = 0xFFFF00;
    static final int GREEN = 0x00FF00;
    static final int BLUE = 0x0000FF;
    static final int ORANGE = 0xFF8000;
  }

  private final Palette palette;

  NamedPalette(int... rgb) {
    this.palette = Palette.ofRgb(rgb);
  }

  private static int[] greys(int n) {
    return IntStream.range(0, n).map(i -> 255 / (n - 1) * i * 0x010101).toArray();
  }

  /** The palette of this name, or null. */
  public static @Nullable Palette of(String name) {
    for (NamedPalette named : values()) {
      if (named.label().equals(name)) {
        return named.palette;
      }
    }
    return null;
  }

  /** A line for each palette: its name and colours. */
  public static List<String> lines() {
    return Arrays.stream(values())
        .map(
            named ->
                "%-9s %s"
                    .formatted(named.label(), String.join(" ", PaletteFormat.hex(named.palette))))
        .toList();
  }

  /** The name as on a command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
