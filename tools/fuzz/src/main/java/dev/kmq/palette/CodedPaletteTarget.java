package dev.kmq.palette;

import dev.kmq.image.Palette;
import dev.kmq.index.PayloadException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Coded palettes: the first byte gives the number of entries and whether they have alpha, the
 * others are the coded form. An accepted palette survives a second round trip.
 */
public final class CodedPaletteTarget {
  private CodedPaletteTarget() {}

  /** Decodes bytes as a palette. */
  public static void run(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    int size = 1 + ((data[0] & 0xFF) >>> 1);
    boolean alpha = (data[0] & 1) != 0;
    Palette palette;
    try {
      palette = CodedPalette.decode(Arrays.copyOfRange(data, 1, data.length), size, alpha);
    } catch (PayloadException e) {
      return;
    }
    if (!palette.equals(CodedPalette.decode(CodedPalette.encode(palette), size, alpha))) {
      throw new AssertionError("the entries differ after a round trip");
    }
  }
}
