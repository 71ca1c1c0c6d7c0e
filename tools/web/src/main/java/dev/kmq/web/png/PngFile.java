package dev.kmq.web.png;

import dev.kmq.web.EngineException;
import dev.kmq.web.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG file. Damaged and misplaced ones are handled as in libpng and by the command:
 * critical ones are errors, ancillary ones are ignored.
 */
public final class PngFile {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int INDEXED = 3;
  static final int ALPHA = 4;

  private static final byte[] SIGNATURE = {(byte) 137, 'P', 'N', 'G', '\r', '\n', 26, '\n'};
  private static final int HEADER_BYTES = 13;
  private static final int CHUNK_BYTES = 12;

  private final byte[] bytes;
  private final long mostPixels;
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final Map<String, byte[]> color = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private int width;
  private int height;
  private int depth;
  private int colorType = -1;
  private boolean interlaced;
  private boolean pixels;
  private boolean animated;
  private byte @Nullable [] palette;
  private byte @Nullable [] transparency;
  private byte @Nullable [] exif;

  private PngFile(byte[] bytes, long mostPixels) {
    this.bytes = bytes;
    this.mostPixels = mostPixels;
  }

  /** Whether bytes start like a PNG file. */
  public static boolean isPng(byte[] bytes) {
    return bytes.length >= SIGNATURE.length
        && Arrays.equals(Arrays.copyOf(bytes, SIGNATURE.length), SIGNATURE);
  }

  /** Refuses images that are too large. */
  public static void checkSize(long width, long height, long mostPixels) throws EngineException {
    if (width * height > mostPixels) {
      throw new EngineException(
          Kind.TOO_LARGE,
          width
              + "x"
              + height
              + " pixels are too large for this page, which takes up to "
              + mostPixels / 1_000_000
              + " megapixels. The kmq command takes larger ones.");
    }
  }

  /** Reads all chunks. */
  static PngFile read(byte[] bytes, long mostPixels) throws EngineException {
    PngFile file = new PngFile(bytes, mostPixels);
    int at = SIGNATURE.length;
    while (at >= 0) {
      at = file.chunk(at);
    }
    if (!file.pixels) {
      throw damaged("it has no IDAT chunk");
    }
    if (file.colorType == INDEXED && file.palette == null) {
      throw damaged("it has no PLTE chunk");
    }
    if (file.animated) {
      file.warnings.add("only the still image is kept, not the animation");
    }
    return file;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Bits of a sample. */
  int depth() {
    return depth;
  }

  int colorType() {
    return colorType;
  }

  boolean interlaced() {
    return interlaced;
  }

  /** Samples of a pixel. */
  int samples() {
    return switch (colorType) {
      case RGB -> 3;
      case RGB + ALPHA -> 4;
      case GREY + ALPHA -> 2;
      default -> 1;
    };
  }

  /** The data of all IDAT chunks. */
  byte[] compressed() {
    return compressed.toByteArray();
  }

  /** The data of the chunks that define the colour space, by type. */
  Map<String, byte[]> color() {
    return color;
  }

  byte @Nullable [] exif() {
    return exif;
  }

  /** Messages on what is wrong, to which decoding adds. */
  List<String> warnings() {
    return warnings;
  }

  /** The samples of the transparent colour, or null. */
  int @Nullable [] key() {
    byte[] key = transparency;
    if (key == null || colorType == INDEXED) {
      return null;
    }
    int[] samples = new int[samples()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = ((key[2 * i] & 0xFF) << 8 | key[2 * i + 1] & 0xFF) & (1 << depth) - 1;
    }
    return samples;
  }

  /** ARGB of the palette of indexed pixels. */
  int[] palette() {
    byte[] colors = palette;
    byte[] alphas = transparency;
    int[] argb = new int[colors == null ? 0 : colors.length / 3];
    for (int i = 0; colors != null && i < argb.length; i++) {
      int alpha = alphas == null || i >= alphas.length ? 255 : alphas[i] & 0xFF;
      argb[i] =
          alpha << 24
              | (colors[3 * i] & 0xFF) << 16
              | (colors[3 * i + 1] & 0xFF) << 8
              | colors[3 * i + 2] & 0xFF;
    }
    return argb;
  }

  /** Takes the chunk at an offset; returns the offset of the next one, or -1 after the last. */
  private int chunk(int at) throws EngineException {
    if (at + 8 > bytes.length) {
      if (pixels) {
        warnings.add("the file ends without an IEND chunk");
        return -1;
      }
      throw damaged("it is truncated");
    }
    long length = int32(bytes, at) & 0xFFFFFFFFL;
    String type = type(at + 4);
    if (!isType(type)) {
      if (pixels && animated) {
        return -1; // damages frames only
      }
      throw damaged("no chunk at offset " + at);
    }
    if (type.equals("IEND")) {
      return -1;
    }
    boolean whole = at + CHUNK_BYTES + length <= bytes.length;
    if (!whole && (isCritical(type) || !pixels)) {
      throw damaged("it is truncated");
    }
    if (!whole) {
      warnings.add("the file ends without an IEND chunk");
      return -1;
    }
    boolean intact = crc(at + 4, (int) length + 4) == int32(bytes, at + 8 + (int) length);
    if (isCritical(type)) {
      critical(type, at, (int) length, intact);
    } else {
      ancillary(type, at, (int) length, intact);
    }
    return at + CHUNK_BYTES + (int) length;
  }

  private void critical(String type, int at, int length, boolean intact) throws EngineException {
    switch (type) {
      case "IHDR", "PLTE", "IDAT" -> {
        if (!intact) {
          throw damaged("the checksum of its " + type + " chunk is wrong");
        }
      }
      default ->
          throw new EngineException(
              Kind.UNSUPPORTED,
              "A PNG file with the critical chunk " + type + " is not supported.");
    }
    byte[] data = Arrays.copyOfRange(bytes, at + 8, at + 8 + length);
    if (type.equals("IHDR")) {
      header(data);
      return;
    }
    if (colorType < 0) {
      throw damaged("it does not start with an IHDR chunk");
    }
    if (type.equals("IDAT")) {
      pixels = true;
      compressed.write(data, 0, length);
    } else if (colorType == INDEXED) {
      if (palette != null || pixels || length == 0 || length % 3 != 0 || length > 3 * 256) {
        throw damaged("its PLTE chunk is wrong");
      }
      palette = Arrays.copyOf(data, Math.min(length, 3 << depth));
    }
  }

  private void header(byte[] data) throws EngineException {
    if (colorType >= 0 || data.length != HEADER_BYTES) {
      throw damaged("its IHDR chunk is wrong");
    }
    width = int32(data, 0);
    height = int32(data, 4);
    depth = data[8];
    int type = data[9];
    interlaced = data[12] != 0;
    boolean valid =
        switch (type) {
          case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case INDEXED -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case RGB, GREY + ALPHA, RGB + ALPHA -> depth == 8 || depth == 16;
          default -> false;
        };
    boolean known = data[10] == 0 && data[11] == 0 && (data[12] & 0xFE) == 0;
    if (width <= 0 || height <= 0 || !valid || !known) {
      throw damaged("its IHDR chunk is wrong");
    }
    colorType = type;
    checkSize(width, height, mostPixels);
  }

  private void ancillary(String type, int at, int length, boolean intact) {
    boolean wanted =
        switch (type) {
          case "iCCP", "gAMA", "cHRM", "sRGB", "cICP" -> !pixels;
          case "tRNS" -> colorType >= 0;
          case "eXIf", "acTL" -> true;
          default -> false;
        };
    if (!wanted) {
      return;
    }
    if (!intact) {
      warnings.add("the " + type + " chunk is damaged and is ignored");
      return;
    }
    byte[] data = Arrays.copyOfRange(bytes, at + 8, at + 8 + length);
    switch (type) {
      case "tRNS" -> transparency(data);
      case "acTL" -> animated |= data.length == 8 && !pixels;
      case "eXIf" -> exif = data;
      default -> color.putIfAbsent(type, data);
    }
  }

  private void transparency(byte[] data) {
    byte[] colors = palette;
    boolean valid =
        !pixels
            && transparency == null
            && switch (colorType) {
              case GREY -> data.length == 2;
              case RGB -> data.length == 6;
              case INDEXED -> data.length > 0 && colors != null && data.length <= colors.length / 3;
              default -> false;
            };
    if (valid) {
      transparency = data;
    } else {
      warnings.add("the tRNS chunk is not valid and is ignored");
    }
  }

  private String type(int at) {
    char[] type = new char[4];
    for (int i = 0; i < 4; i++) {
      type[i] = (char) (bytes[at + i] & 0xFF);
    }
    return new String(type);
  }

  private static boolean isType(String type) {
    for (int i = 0; i < 4; i++) {
      char c = type.charAt(i);
      if (!(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCritical(String type) {
    return (type.charAt(0) & 0x20) == 0;
  }

  private int crc(int at, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, at, length);
    return (int) crc.getValue();
  }

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  static EngineException damaged(String what) {
    return EngineException.damagedPng(what);
  }
}
