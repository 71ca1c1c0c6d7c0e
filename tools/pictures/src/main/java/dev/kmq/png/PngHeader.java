package dev.kmq.png;

import org.jspecify.annotations.Nullable;

/**
 * The IHDR chunk of a PNG.
 *
 * @param depth bits of a sample: 1, 2, 4, 8 or 16
 * @param colorType {@link #GREY}, {@link #RGB} or {@link #INDEXED}, the first two also with {@link
 *     #ALPHA} added
 */
public record PngHeader(int width, int height, int depth, int colorType, boolean interlaced) {
  /** Grey levels. */
  public static final int GREY = 0;

  /** Red, green and blue. */
  public static final int RGB = 2;

  /** Indices into a palette. */
  public static final int INDEXED = 3;

  /** Added to a type whose last sample is opacity. */
  public static final int ALPHA = 4;

  private static final int BYTES = 13;

  /** The header with this data; null if the specification does not allow it. */
  static @Nullable PngHeader of(byte[] data) {
    if (data.length != BYTES) {
      return null;
    }
    int depth = data[8];
    int colorType = data[9];
    boolean valid =
        switch (colorType) {
          case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case INDEXED -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case RGB, GREY + ALPHA, RGB + ALPHA -> depth == 8 || depth == 16;
          default -> false;
        };
    boolean known = data[10] == 0 && data[11] == 0 && (data[12] & 0xFE) == 0;
    int width = int32(data, 0);
    int height = int32(data, 4);
    return valid && known && width > 0 && height > 0
        ? new PngHeader(width, height, depth, colorType, data[12] == 1)
        : null;
  }

  static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  /** Whether samples are indices into a palette. */
  public boolean isIndexed() {
    return colorType == INDEXED;
  }

  /** Samples of a pixel. */
  public int samples() {
    return switch (colorType) {
      case RGB -> 3;
      case RGB + ALPHA -> 4;
      case GREY + ALPHA -> 2;
      default -> 1;
    };
  }

  /** Bytes from a sample to the same one of the pixel to its left. */
  int step() {
    return Math.max(1, depth * samples() / 8);
  }

  /** Bytes of some pixels of a row. */
  int rowBytes(int columns) {
    return (int) (((long) columns * depth * samples() + 7) / 8);
  }
}
