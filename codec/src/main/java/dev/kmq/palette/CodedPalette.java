package dev.kmq.palette;

import dev.kmq.image.Palette;
import dev.kmq.index.PayloadException;
import dev.kmq.index.arithmetic.ArithmeticDecoder;
import dev.kmq.index.arithmetic.ArithmeticEncoder;

/** The coded form of a palette (specification, rules P-8 to P-14). */
public final class CodedPalette {
  private CodedPalette() {}

  /** Codes all entries in order, with alpha if the palette has it. */
  public static byte[] encode(Palette palette) {
    ArithmeticEncoder coder = new ArithmeticEncoder();
    EntryCoder entries = new EntryCoder(coder, palette.hasAlpha());
    try {
      for (int i = 0; i < palette.size(); i++) {
        entries.code(palette.argb(i));
      }
    } catch (PayloadException e) {
      throw new IllegalStateException(e); // there is no payload
    }
    return coder.finish();
  }

  /**
   * Decodes a palette. The number of entries bounds the work for any input.
   *
   * @param coded all bytes of the coded form
   * @param size number of entries, 1 to 65536
   * @param alpha whether entries have alpha
   * @throws PayloadException if no encoder writes these bytes for this number of entries
   */
  public static Palette decode(byte[] coded, int size, boolean alpha) throws PayloadException {
    ArithmeticDecoder coder = new ArithmeticDecoder(coded);
    EntryCoder entries = new EntryCoder(coder, alpha);
    int[] argb = new int[size];
    for (int i = 0; i < size; i++) {
      argb[i] = entries.code(0);
    }
    coder.expectEnd();
    return alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }
}
