package dev.kmq.index.mix;

import java.util.Arrays;

/**
 * Match model: finds an earlier place with the same neighbourhood by a hash of 33 neighbours, else
 * of 17, and predicts the pixel there. It follows the place from pixel to pixel while its
 * predictions are right (specification, rules M-30 to M-33).
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

  /** All positions of the tile, after eight rows of zeros. */
  private final char[] pixels;

  /** By hash, the latest place with that hash; 0 if there is none. */
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

  /** The predicted position, or -1. */
  int position = -1;

  /** Class of the length of the match, 0 (no match) to 11. */
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

  /** Memory for a tile in bytes. */
  static long bytes(int width, int height) {
    return (2L * Integer.BYTES << bits((long) width * height))
        + (long) Character.BYTES * (LEFT + width + RIGHT) * (height + 8L);
  }

  /** Moves to the first pixel of the next row. Its left margin repeats the pixel above it. */
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

  /** Ends the row. Its right margin repeats its last pixel. */
  void endRow() {
    Arrays.fill(pixels, at, at + RIGHT, pixels[at - 1]);
  }

  /** Finds the predicted position of the next pixel. */
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

  /** As {@link #look}, but only for places with the same 33 neighbours. */
  void lookFar() {
    farEntry = Hash.of(above, row) >>> shift;
    if (length == 0) {
      pointer = far[farEntry];
      length = pointer == 0 ? 0 : 8;
    }
    position = length == 0 ? -1 : pixels[pointer];
  }

  /** Adds the pixel and moves to the next one. */
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
