package dev.kmq.colors;

import dev.kmq.file.FailedInput;
import dev.kmq.image.Palette;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reads palette files. */
public final class PaletteBytes {
  private static final int ACT_BYTES = 3 * PaletteFormat.ACT_COLORS;
  private static final int ACT_LONG_BYTES = ACT_BYTES + 4;

  /** Samples of 6 bits, as used by VGA, are below this. */
  private static final int VGA = 64;

  private PaletteBytes() {}

  /**
   * Reads a palette; its content determines the format, and the suffix only if the content is
   * ambiguous.
   *
   * @param name of the file
   * @throws FailedInput if it is not a palette; for text, the message has the line
   */
  public static Palette parse(byte[] bytes, String name) throws FailedInput {
    if (bytes.length == 0) {
      throw new FailedInput("is empty");
    }
    if (isRiff(bytes)) {
      return riff(bytes);
    }
    boolean act = PaletteFormat.ofName(name) == PaletteFormat.ACT;
    boolean fits = bytes.length == ACT_BYTES || bytes.length == ACT_LONG_BYTES;
    if (fits && (act || !isText(bytes))) {
      return act(bytes, act);
    }
    if (act) {
      throw new FailedInput(".act files have 768 or 772 bytes, but this one has " + bytes.length);
    }
    if (!isText(bytes)) {
      throw new FailedInput("is not a palette (" + PaletteFormat.READ + ")");
    }
    return PaletteText.parse(text(bytes));
  }

  /** Whether a file starts like a RIFF palette. */
  static boolean isRiff(byte[] bytes) {
    return bytes.length >= 12 && ascii(bytes, 0).equals("RIFF") && ascii(bytes, 8).equals("PAL ");
  }

  private static String ascii(byte[] bytes, int at) {
    return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
  }

  /** Whether a file starts with a UTF-16 byte order mark, or has only bytes of text. */
  private static boolean isText(byte[] bytes) {
    if (charset(bytes).equals(StandardCharsets.UTF_16)) {
      return true;
    }
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f') {
        return false;
      }
    }
    return true;
  }

  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    return mark == 0xFEFF || mark == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  /** Names of colours are ignored, so invalid UTF-8 does no harm. */
  static String text(byte[] bytes) {
    String text;
    try {
      text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** A Microsoft palette: its "data" chunk has a version, a count and 4 bytes per colour. */
  private static Palette riff(byte[] bytes) throws FailedInput {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 12; at + 8 <= bytes.length; ) {
      long length = in.getInt(at + 4) & 0xFFFFFFFFL;
      if (at + 8 + length > bytes.length) {
        break;
      }
      if (ascii(bytes, at).equals("data") && length >= 4) {
        int colors = in.getShort(at + 10) & 0xFFFF;
        if (4L + 4L * colors > length || colors == 0) {
          throw new FailedInput(
              "its data chunk specifies %d colours, but has room for %d"
                  .formatted(colors, (length - 4) / 4));
        }
        int[] rgb = new int[colors];
        for (int i = 0; i < colors; i++) {
          rgb[i] = rgb(bytes, at + 12 + 4 * i);
        }
        return Palette.ofRgb(rgb);
      }
      at += (int) (8 + length + length % 2);
    }
    throw new FailedInput("is a RIFF palette without a complete data chunk");
  }

  /** Adobe's colour table; many programs call the short form raw. */
  private static Palette act(byte[] bytes, boolean named) throws FailedInput {
    int colors = PaletteFormat.ACT_COLORS;
    int transparent = 0xFFFF;
    if (bytes.length == ACT_LONG_BYTES) {
      ByteBuffer end = ByteBuffer.wrap(bytes, ACT_BYTES, 4);
      colors = end.getShort() & 0xFFFF;
      transparent = end.getShort() & 0xFFFF;
      if (colors == 0 || colors > PaletteFormat.ACT_COLORS) {
        throw new FailedInput("specifies %d colours; .act files have 1 to 256".formatted(colors));
      }
    } else if (!named && isVga(bytes)) {
      throw new FailedInput(
          "has 768 bytes below 64, which may be 6-bit or 8-bit colours; "
              + "rename it to .act for 8 bits");
    }
    int[] argb = new int[colors];
    for (int i = 0; i < colors; i++) {
      argb[i] = rgb(bytes, 3 * i) | 0xFF000000;
    }
    if (transparent >= colors) {
      return Palette.ofRgb(argb);
    }
    argb[transparent] &= 0xFFFFFF;
    return Palette.ofArgb(argb);
  }

  private static boolean isVga(byte[] bytes) {
    for (byte b : bytes) {
      if ((b & 0xFF) >= VGA) {
        return false;
      }
    }
    return true;
  }

  private static int rgb(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] & 0xFF;
  }
}
