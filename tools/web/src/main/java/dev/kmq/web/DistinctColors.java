package dev.kmq.web;

/**
 * How many colours an image has. All fully transparent pixels count as one.
 *
 * @param count the number of colours, or -1 if there are more than were counted
 * @param alpha whether a pixel is not opaque
 */
record DistinctColors(int count, boolean alpha) {
  static DistinctColors of(int[] argb, int most) {
    int bits = 33 - Integer.numberOfLeadingZeros(most);
    int[] table = new int[1 << bits];
    boolean hasZero = false;
    boolean alpha = false;
    int count = 0;
    for (int pixel : argb) {
      alpha |= pixel >>> 24 != 0xFF;
      if (pixel >>> 24 == 0) {
        count += hasZero ? 0 : 1;
        hasZero = true;
        continue;
      }
      int at = pixel * 0x9E3779B1 >>> 32 - bits;
      while (table[at] != 0 && table[at] != pixel) {
        at = at + 1 & table.length - 1;
      }
      if (table[at] == 0 && count <= most) {
        table[at] = pixel;
        count++;
      }
    }
    return new DistinctColors(count > most ? -1 : count, alpha);
  }
}
