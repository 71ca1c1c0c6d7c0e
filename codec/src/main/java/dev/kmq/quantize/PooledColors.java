package dev.kmq.quantize;

/**
 * Counts of translucent colours in bounded memory. If there are too many, colours that agree except
 * for the lowest bits of their channels count as one, at the middle of their cube. How many bits
 * depends on the set of colours only, not on their order.
 */
final class PooledColors {
  private ColorTable table = new ColorTable();

  /** The bits of each channel that are ignored. */
  private int bits;

  /** Counts pixels of a colour. */
  void add(int argb, int times) {
    table.add(argb & (0xFF >>> bits << bits) * 0x01010101, times);
    reduce();
  }

  /** Adds what another has counted. */
  void addAll(PooledColors other) {
    if (other.bits > bits) {
      coarsen(other.bits);
    }
    table.addAll(other.bits < bits ? other.table.coarser(bits) : other.table);
    reduce();
  }

  private void reduce() {
    while (table.size() > ColorHistogram.MOST_TRANSLUCENT) {
      coarsen(bits + 1);
    }
  }

  private void coarsen(int ignored) {
    bits = ignored;
    table = table.coarser(bits);
  }

  /** Whether colours have been joined. */
  boolean joined() {
    return bits > 0;
  }

  /** Number of colours. */
  int size() {
    return table.size();
  }

  /** Writes colours and counts from {@code at} on, along a Morton curve of R, G, B and A. */
  void emit(int[] argb, int[] count, int at) {
    table.emit(argb, count, at);
    for (int i = at, end = at + size(); joined() && i < end; i++) {
      int color = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        color |= middle(argb[i] >>> shift & 0xFF) << shift;
      }
      int alpha = Math.max(1, Math.min(254, color >>> 24)); // which is in the cube, too
      argb[i] = alpha << 24 | color & 0xFFFFFF;
    }
  }

  /** A level near the middle of those that a value without its lowest bits is for. */
  private int middle(int value) {
    int half = 1 << bits >>> 1;
    // The middle is between two levels. Taking the outer ones by turns has no bias.
    return value | ((value >>> bits & 1) == 0 ? half - 1 : half);
  }
}
