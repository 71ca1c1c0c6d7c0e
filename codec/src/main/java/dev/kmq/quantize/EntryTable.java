package dev.kmq.quantize;

/**
 * The entries of a {@link ColorMap} for fast look-ups: opaque colours in pages of 64, one page for
 * each cube of 4x4x4 colours that occurs. Immutable and safe for use by several threads.
 */
public final class EntryTable {
  private final int[] pages = new int[1 << 18];
  private final byte[] low;

  /** Upper bytes of entries; empty while all are below 256. */
  private final byte[] high;

  private final ColorTable translucent = new ColorTable();

  /** A table of every colour of the map's histogram. */
  public EntryTable(ColorMap map) {
    ColorHistogram histogram = map.histogram();
    int count = 0;
    for (int i = 0; i < histogram.size(); i++) {
      int argb = histogram.argb(i);
      int cell = ColorCounter.morton(argb) >>> 6;
      if (argb >>> 24 == 0xFF && pages[cell] == 0) {
        pages[cell] = ++count;
      }
    }
    boolean wide = map.palette().size() > 256;
    low = new byte[(count + 1) << 6];
    high = wide ? new byte[low.length] : new byte[0];
    for (int i = 0; i < histogram.size(); i++) {
      put(histogram.argb(i), map.entry(i));
    }
  }

  private void put(int argb, int entry) {
    if (argb >>> 24 != 0xFF) {
      translucent.add(argb, entry + 1);
      return;
    }
    int code = ColorCounter.morton(argb);
    int at = pages[code >>> 6] << 6 | code & 63;
    low[at] = (byte) entry;
    if (high.length > 0) {
      high[at] = (byte) (entry >>> 8);
    }
  }

  /**
   * Looks up the pixels {@code from} to {@code to - 1}.
   *
   * @param entries receives the entry of pixel {@code i} at {@code offset + i}
   */
  public void map(int[] argb, int from, int to, byte[] entries, int offset) {
    int[] spread = ColorCounter.SPREAD;
    for (int i = from; i < to; i++) {
      int color = argb[i];
      if (color >>> 24 != 0xFF) {
        entries[offset + i] = (byte) entry(color);
        continue;
      }
      int code =
          spread[color >>> 16 & 0xFF] << 2 | spread[color >>> 8 & 0xFF] << 1 | spread[color & 0xFF];
      entries[offset + i] = low[pages[code >>> 6] << 6 | code & 63];
    }
  }

  /** As {@link #map(int[], int, int, byte[], int)} for palettes of more than 256 colours. */
  public void map(int[] argb, int from, int to, short[] entries, int offset) {
    for (int i = from; i < to; i++) {
      entries[offset + i] = (short) entry(argb[i]);
    }
  }

  /** The entry of one colour of the histogram. */
  public int entry(int argb) {
    int alpha = argb >>> 24;
    if (alpha != 0xFF) {
      return translucent.count(alpha == 0 ? 0 : argb) - 1;
    }
    int code = ColorCounter.morton(argb);
    int at = pages[code >>> 6] << 6 | code & 63;
    return high.length > 0 ? (high[at] & 0xFF) << 8 | low[at] & 0xFF : low[at] & 0xFF;
  }
}
