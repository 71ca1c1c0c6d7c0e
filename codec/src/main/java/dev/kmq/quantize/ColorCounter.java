package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import java.util.Arrays;

/**
 * Counts colours. Opaque ones are counted in pages of 64 counters, one page for each cube of 4x4x4
 * colours that occurs, numbered along a Morton curve: two look-ups per pixel, and no sorting
 * afterwards. Other colours are counted in an open-addressing table.
 *
 * <p>The memory is bounded for any image: by 90 MB for opaque colours, and by 100 MB for others, of
 * which {@link PooledColors} joins neighbours if there are too many.
 */
final class ColorCounter {
  /** Morton code of one channel; shifted by 0, 1 or 2 for blue, green and red. */
  static final int[] SPREAD = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      for (int bit = 0; bit < 8; bit++) {
        SPREAD[i] |= (i >>> bit & 1) << 3 * bit;
      }
    }
  }

  /** Mask of the cells before which cancellation is checked. */
  private static final int CHECKED = (1 << 12) - 1;

  private static final int CELLS = 1 << 18;

  /** Maximum count in a byte of a page; the rest goes to {@link #excess}, and bit 7 is set. */
  private static final int FULL = 127;

  /** Bit 7 of eight bytes. */
  private static final long FULL_BITS = 0x8080808080808080L;

  /** Page of each cell of 4x4x4 colours, from 1 on; 0 for none. */
  private final int[] pages = new int[CELLS];

  /** Eight longs per page, one byte per colour. */
  private long[] counts;

  /** What exceeds the bytes of a page, one number per colour; null for a page without any. */
  private int[][] excess = new int[16][];

  private int pageCount;
  private int transparent;
  private final PooledColors translucent = new PooledColors();

  /** A counter sized for a photograph of this number of pixels. */
  ColorCounter(int pixels) {
    counts = new long[Math.max(16, Math.min(1 << 18, Integer.highestOneBit(pixels) / 2))];
  }

  /** The 24 interleaved bits of red, green and blue. */
  static int morton(int argb) {
    return SPREAD[argb >>> 16 & 0xFF] << 2 | SPREAD[argb >>> 8 & 0xFF] << 1 | SPREAD[argb & 0xFF];
  }

  void add(int[] argb, int from, int to, Work work) {
    work.runs(from, to, (start, end) -> addRun(argb, start, end));
  }

  private void addRun(int[] argb, int from, int to) {
    int[] spread = SPREAD;
    int[] pages = this.pages;
    long[] counts = this.counts;
    for (int i = from; i < to; i++) {
      int color = argb[i];
      if (color >>> 24 != 0xFF) {
        addAlpha(color);
        continue;
      }
      int code =
          spread[color >>> 16 & 0xFF] << 2 | spread[color >>> 8 & 0xFF] << 1 | spread[color & 0xFF];
      int page = pages[code >>> 6];
      if (page == 0) {
        page = newPage(code >>> 6);
        counts = this.counts;
      }
      int at = page << 3 | code >>> 3 & 7;
      int shift = (code & 7) << 3;
      long eight = counts[at];
      if ((eight >>> shift & FULL) == FULL) {
        excess(page)[code & 63] += FULL;
        eight = eight - ((FULL - 1L) << shift) | 128L << shift;
      } else {
        eight += 1L << shift;
      }
      counts[at] = eight;
    }
  }

  private void addAlpha(int color) {
    if (color >>> 24 == 0) {
      transparent++;
    } else {
      translucent.add(color, 1);
    }
  }

  private int newPage(int cell) {
    int page = ++pageCount;
    pages[cell] = page;
    if ((page + 1) << 3 > counts.length) {
      counts = Arrays.copyOf(counts, counts.length * 2);
    }
    return page;
  }

  private int[] excess(int page) {
    if (page >= excess.length) {
      excess = Arrays.copyOf(excess, Math.max(page + 1, 2 * excess.length));
    }
    int[] numbers = excess[page];
    if (numbers == null) {
      numbers = new int[64];
      excess[page] = numbers;
    }
    return numbers;
  }

  /** The number of pixels of a colour, {@code sub} in its page. */
  private int times(int page, int sub) {
    int times = (int) (counts[page << 3 | sub >>> 3] >>> ((sub & 7) << 3)) & 0xFF;
    return times <= FULL ? times : times - 128 + excess(page)[sub];
  }

  /** Adds what another counter has counted. */
  void addAll(ColorCounter other, Work work) {
    for (int cell = 0; cell < CELLS; cell++) {
      if ((cell & CHECKED) == 0) {
        work.check();
      }
      int theirs = other.pages[cell];
      if (theirs != 0) {
        int mine = pages[cell] == 0 ? newPage(cell) : pages[cell];
        for (int i = 0; i < 8; i++) {
          addEight(mine << 3 | i, other, theirs << 3 | i);
        }
      }
    }
    transparent += other.transparent;
    translucent.addAll(other.translucent);
  }

  /** Adds eight counters of another's page; few pages have more than a few colours. */
  private void addEight(int mine, ColorCounter other, int theirs) {
    long more = other.counts[theirs];
    if (counts[mine] == 0 && (more & FULL_BITS) == 0) {
      counts[mine] = more;
      return;
    }
    for (long left = used(more); left != 0; left &= left - 1) {
      int sub = (mine & 7) << 3 | Long.numberOfTrailingZeros(left) >>> 3;
      add(mine >>> 3, sub, other.times(theirs >>> 3, sub));
    }
  }

  private void add(int page, int sub, int more) {
    int sum = times(page, sub) + more;
    int at = page << 3 | sub >>> 3;
    int shift = (sub & 7) << 3;
    long stored = sum;
    if (sum > FULL) {
      excess(page)[sub] = sum - FULL;
      stored = 128 | FULL;
    }
    counts[at] = counts[at] & ~(0xFFL << shift) | stored << shift;
  }

  /** All colours; see {@link ColorHistogram} for what is joined. */
  ColorHistogram histogram(Work work) {
    int opaque = 0;
    int cubes = 0;
    for (int i = 8, end = (pageCount + 1) << 3; i < end; i++) {
      opaque += Long.bitCount(used(counts[i]));
      cubes += counts[i] == 0 ? 0 : 1;
    }
    boolean joined = opaque > ColorHistogram.MOST_OPAQUE;
    opaque = joined ? cubes : opaque;
    int rest = translucent.size() + (transparent > 0 ? 1 : 0);
    int[] argb = new int[opaque + rest];
    int[] count = new int[opaque + rest];
    int n = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      if ((cell & CHECKED) == 0) {
        work.check();
      }
      if (pages[cell] != 0) {
        n = joined ? join(cell, argb, count, n) : emit(cell, argb, count, n);
      }
    }
    if (transparent > 0) {
      count[n++] = transparent;
    }
    translucent.emit(argb, count, n);
    return new ColorHistogram(argb, count, rest > 0, joined || translucent.joined());
  }

  /** Sets the lowest bit of each byte that is not 0; no byte is bit 7 alone. */
  private static long used(long eight) {
    long low = eight & 0x7F7F7F7F7F7F7F7FL;
    return (low + 0x7F7F7F7F7F7F7F7FL) >>> 7 & 0x0101010101010101L;
  }

  private int emit(int cell, int[] argb, int[] count, int at) {
    int n = at;
    int page = pages[cell];
    int base = first(cell);
    for (int i = 0; i < 8; i++) {
      int color = base | (i & 4) << 15 | (i & 2) << 8 | (i & 1) << 1;
      for (long left = used(counts[page << 3 | i]); left != 0; left &= left - 1) {
        int sub = Long.numberOfTrailingZeros(left) >>> 3;
        argb[n] = color | (sub & 4) << 14 | (sub & 2) << 7 | sub & 1;
        count[n++] = times(page, i << 3 | sub);
      }
    }
    return n;
  }

  /**
   * As {@link #emit}, but with one colour for each cube of 2x2x2: the rounded mean of its pixels.
   */
  private int join(int cell, int[] argb, int[] count, int at) {
    int n = at;
    int page = pages[cell];
    int base = first(cell);
    for (int i = 0; i < 8; i++) {
      if (counts[page << 3 | i] == 0) {
        continue;
      }
      long all = 0;
      long red = 0;
      long green = 0;
      long blue = 0;
      for (int sub = 0; sub < 8; sub++) {
        int times = times(page, i << 3 | sub);
        all += times;
        red += (sub & 4) == 0 ? 0 : times;
        green += (sub & 2) == 0 ? 0 : times;
        blue += (sub & 1) == 0 ? 0 : times;
      }
      int upper = (2 * red > all ? 1 << 16 : 0) | (2 * green > all ? 1 << 8 : 0);
      argb[n] =
          base | (i & 4) << 15 | (i & 2) << 8 | (i & 1) << 1 | upper | (2 * blue > all ? 1 : 0);
      count[n++] = (int) all;
    }
    return n;
  }

  /** The first colour of a cell. */
  private static int first(int cell) {
    return 0xFF000000 | gather(cell >>> 2) << 18 | gather(cell >>> 1) << 10 | gather(cell) << 2;
  }

  /** Every third bit, starting with the lowest: the inverse of {@link #SPREAD}. */
  private static int gather(int code) {
    int v = code & 0x249249;
    v = (v | v >>> 2) & 0xC30C3;
    v = (v | v >>> 4) & 0xF00F;
    return (v | v >>> 8) & 0xFF;
  }
}
