package dev.kmq.colors;

import dev.kmq.file.FailedInput;
import dev.kmq.image.Palette;
import java.util.Arrays;

/** Palette files: the first byte selects the suffix, the others are the file. */
public final class PaletteTarget {
  private static final String[] NAMES = {"a.gpl", "a.pal", "a.act", "a.hex", "a.txt", "a"};

  private PaletteTarget() {}

  /** Reads bytes as a palette. */
  public static void run(byte[] data) {
    if (data.length == 0) {
      return;
    }
    String name = NAMES[(data[0] & 0xFF) % NAMES.length];
    try {
      Palette palette = PaletteBytes.parse(Arrays.copyOfRange(data, 1, data.length), name);
      if (palette.size() < 1 || palette.size() > Palette.MAX_SIZE) {
        throw new AssertionError(palette.size() + " colours");
      }
    } catch (FailedInput e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("a failure without a message", e);
      }
    }
  }
}
