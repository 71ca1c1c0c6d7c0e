package dev.kmq.container;

import dev.kmq.image.Palette;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The data of {@code pALT} chunks: a name of 1 to 79 bytes of UTF-8, NUL, the code of the entries
 * (0 RGB8, 1 RGBA8), and entries as in a raw palette (specification, section Known types).
 */
final class PaletteChunk {
  private static final int MAX_NAME = 79;

  /** NUL and the code. */
  private static final int FRAME = 2;

  private PaletteChunk() {}

  static byte[] data(String name, Palette palette) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the name of a palette must not contain NUL");
    }
    boolean alpha = palette.hasAlpha();
    byte[] data = Arrays.copyOf(key, key.length + FRAME + (alpha ? 4 : 3) * palette.size());
    int at = key.length + 1;
    data[at++] = (byte) (alpha ? Format.ENTRY_ALPHA : 0);
    for (int i = 0; i < palette.size(); i++) {
      int argb = palette.argb(i);
      data[at++] = (byte) (argb >>> 16);
      data[at++] = (byte) (argb >>> 8);
      data[at++] = (byte) argb;
      if (alpha) {
        data[at++] = (byte) (argb >>> 24);
      }
    }
    return data;
  }

  static boolean isLength(int length, int colors) {
    return length >= 1 + FRAME + 3 * colors && length <= MAX_NAME + FRAME + 4 * colors;
  }

  /** Which rule the form of the data breaks, for any number of colours; empty if none. */
  static String fault(byte[] data) {
    int nul = Chunk.separator(data);
    if (nul < 1 || nul > MAX_NAME) {
      return "a pALT chunk must begin with a name of 1 to 79 bytes and a NUL";
    }
    if (!Chunk.isUtf8(Arrays.copyOf(data, nul))) {
      return "the name of a pALT chunk must be UTF-8";
    }
    int code = nul + 1 < data.length ? data[nul + 1] : -1;
    if (code != 0 && code != Format.ENTRY_ALPHA) {
      return "the entries of a pALT chunk must have code 0 or 1";
    }
    int bytes = data.length - nul - FRAME;
    int each = entryBytes(data, nul);
    if (bytes % each != 0 || bytes < each || bytes / each > Palette.MAX_SIZE) {
      return "a pALT chunk must have 1 to 65536 whole entries";
    }
    return "";
  }

  /** Number of entries of well-formed data. */
  static int colors(byte[] data) {
    int nul = Chunk.separator(data);
    return (data.length - nul - FRAME) / entryBytes(data, nul);
  }

  static String name(byte[] data) {
    return new String(data, 0, Chunk.separator(data), StandardCharsets.UTF_8);
  }

  static Palette palette(byte[] data) {
    int at = Chunk.separator(data) + FRAME;
    boolean alpha = data[at - 1] == Format.ENTRY_ALPHA;
    int[] argb = new int[colors(data)];
    for (int i = 0; i < argb.length; i++) {
      int rgb = (data[at] & 0xFF) << 16 | (data[at + 1] & 0xFF) << 8 | data[at + 2] & 0xFF;
      argb[i] = alpha ? (data[at + 3] & 0xFF) << 24 | rgb : rgb;
      at += alpha ? 4 : 3;
    }
    return alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  private static int entryBytes(byte[] data, int nul) {
    return data[nul + 1] == Format.ENTRY_ALPHA ? 4 : 3;
  }
}
