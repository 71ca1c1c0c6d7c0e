package dev.kmq.index.mix;

import java.util.Arrays;

/**
 * A place before that had the same neighbours far around, and what followed it: found by a hash of
 * 33 neighbours, else of 17, and followed from pixel to pixel while it is right (specification,
 * rules M-30 to M-33).
 */
final class Matches {
  /** Pixels that are kept left and right of a row. */
  private static final int LEFT = 8;

  private static final int RIGHT = 8;
  private static final int M1 = 0x9E3779B1;
  private static final int M7 = power(7);
  private static final int M13 = power(13);
  private static final int MAX_LENGTH = 0xFFFF;

  /** By length up to 128; above it the class is the last. */
  private static final byte[] CLASS = new byte[129];

  static {
    int[] least = {1, 2, 3, 4, 8, 12, 16, 24, 32, 64, 128};
    byte found = 0;
    for (int n = 0; n < CLASS.length; n++) {
      if (n == least[Math.min(found, least.length - 1)]) {
        found++;
      }
      CLASS[n] = found;
    }
  }

  private final int stride;

  /** All positions of the tile, behind two rows of zeros. */
  private final char[] pixels;

  /** By hash, the place that had it last; 0 if none had. */
  private final int[] far;

  private final int[] near;
  private final int shift;
  private int at;
  private int row;
  private int above;
  private int farEntry;
  private int nearEntry;
  private int pointer;
  private int length;

  /** The position that is expected, or -1. */
  int position = -1;

  /** Class of how long the match has been right: 0 if there is none, to 11. */
  int lengthClass;

  Matches(int width, int height) {
    stride = LEFT + width + RIGHT;
    pixels = new char[Math.multiplyExact(stride, height + 8)];
    int bits = bits((long) width * height);
    far = new int[1 << bits];
    near = new int[1 << bits];
    shift = 32 - bits;
    at = 7 * stride + LEFT + width;
  }

  private static int power(int n) {
    int power = 1;
    for (int i = 0; i < n; i++) {
      power *= M1;
    }
    return power;
  }

  private static int bits(long pixels) {
    return Math.max(10, Math.min(18, 64 - Long.numberOfLeadingZeros(pixels - 1)));
  }

  /** Bytes that are taken for a tile. */
  static long bytes(int width, int height) {
    return (2L * Integer.BYTES << bits((long) width * height))
        + (long) Character.BYTES * (LEFT + width + RIGHT) * (height + 8L);
  }

  /** Goes to the first pixel of the next row; what is left of it counts as the pixel above it. */
  void startRow() {
    at += LEFT + RIGHT;
    pointer += LEFT + RIGHT;
    Arrays.fill(pixels, at - LEFT, at, pixels[at - stride]);
    row = 0;
    for (int i = 7; i >= 1; i--) {
      row = row * M1 + pixels[at - i];
    }
    above = 0;
    for (int i = -6; i <= 6; i++) {
      above = above * M1 + pair(i);
    }
  }

  private int pair(int dx) {
    int n = at + dx - stride;
    return pixels[n] | pixels[n - stride] << 16;
  }

  /** Ends the row; what is right of it counts as its last pixel. */
  void endRow() {
    Arrays.fill(pixels, at, at + RIGHT, pixels[at - 1]);
  }

  /** Looks for what is expected. */
  void look(int all) {
    farEntry = Hash.of(above, row) >>> shift;
    nearEntry = all >>> shift;
    if (length == 0) {
      pointer = far[farEntry];
      length = 8;
      if (pointer == 0) {
        pointer = near[nearEntry];
        length = pointer == 0 ? 0 : 1;
      }
    }
    position = length == 0 ? -1 : pixels[pointer];
    lengthClass = CLASS[Math.min(length, 128)];
  }

  /** As {@link #look}, but for places with the same 33 neighbours alone. */
  void lookFar() {
    farEntry = Hash.of(above, row) >>> shift;
    if (length == 0) {
      pointer = far[farEntry];
      length = pointer == 0 ? 0 : 8;
    }
    position = length == 0 ? -1 : pixels[pointer];
  }

  /** Takes in the pixel, and goes to the next one. */
  void add(int pixel) {
    length = length > 0 && pixel == position ? Math.min(length + 1, MAX_LENGTH) : 0;
    far[farEntry] = at;
    near[nearEntry] = at;
    above = above * M1 + pair(7) - M13 * pair(-6);
    row = row * M1 + pixel - M7 * pixels[at - 7];
    pixels[at++] = (char) pixel;
    pointer++;
  }

  int left8() {
    return pixels[at - 8];
  }

  int above8() {
    return pixels[at - 8 * stride];
  }
}
