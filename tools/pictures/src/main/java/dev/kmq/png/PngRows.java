package dev.kmq.png;

import dev.kmq.deflate.DeflateWriter;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of an indexed PNG: packed, filtered, each after the number of its filter. */
final class PngRows {
  /** How rows are filtered (PNG specification, section 9). */
  enum Filter {
    NONE(0),
    UP(2),
    PAETH(4),
    /** In each row that of the five filters whose bytes have the least sum of absolute values. */
    ADAPTIVE(-1);

    private final int number;

    Filter(int number) {
      this.number = number;
    }
  }

  /** Counts bytes. */
  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes += length;
    }
  }

  private static final int FILTERS = 5;

  /** Bytes that are compressed with each filter, at first and then with those that are left. */
  private static final int[] SAMPLES = {1 << 16, 1 << 19};

  /** The part by which a filter may be worse and is tried on more rows. */
  private static final int NEAR = 10;

  /** Pixels that are requested at a time. */
  private static final int BAND_PIXELS = 1 << 16;

  private final IndexSource source;
  private final int bits;
  private @Nullable IndexPlane band;
  private int top;
  private byte[] row;
  private byte[] above;
  private byte[] filtered;
  private byte[] best;

  /**
   * The rows of an image.
   *
   * @param bits per index: 1, 2, 4 or 8
   */
  PngRows(IndexSource source, int bits) {
    int bytes = 1 + (int) (((long) source.width() * bits + 7) / 8);
    this.source = source;
    this.bits = bits;
    this.row = new byte[bytes];
    this.above = new byte[bytes];
    this.filtered = new byte[bytes];
    this.best = new byte[bytes];
  }

  /**
   * The filter with which the rows take least bytes; of larger images, those in the middle. Filters
   * that are far from the best for a few rows are not tried on more. Indices are not brightness, so
   * often this is none, but not where neighbours have similar indices or rows repeat.
   */
  Filter smallest() throws IOException {
    List<Filter> left = List.of(Filter.values());
    for (int bytes : SAMPLES) {
      int rows = Math.min(source.height(), Math.max(1, bytes / row.length));
      int from = (source.height() - rows) / 2;
      Map<Filter, Long> sizes = new EnumMap<>(Filter.class);
      for (Filter filter : left) {
        Counter counter = new Counter();
        DeflateWriter deflated = new DeflateWriter(counter);
        write(from, from + rows, filter, deflated);
        deflated.finish();
        sizes.put(filter, counter.bytes);
      }
      long least = Collections.min(sizes.values());
      boolean last = rows == source.height() || bytes == SAMPLES[SAMPLES.length - 1];
      long most = last ? least : least + least / NEAR;
      left = left.stream().filter(f -> Objects.requireNonNull(sizes.get(f)) <= most).toList();
      if (last) {
        break;
      }
    }
    return left.get(0);
  }

  /** Writes rows, from one up to, but not including, another. */
  void write(int from, int to, Filter filter, OutputStream out) throws IOException {
    if (from == 0) {
      Arrays.fill(above, (byte) 0);
    } else {
      pack(from - 1, above);
    }
    for (int y = from; y < to; y++) {
      pack(y, row);
      out.write(filtered(filter));
      byte[] done = above;
      above = row;
      row = done;
    }
  }

  private void pack(int y, byte[] target) {
    IndexPlane rows = band(y);
    byte[] indices = rows.bytes();
    int at = rows.at(0, y - top);
    int width = rows.width();
    if (bits == 8) {
      System.arraycopy(indices, at, target, 1, width);
      return;
    }
    int perByte = 8 / bits;
    for (int x = 0, out = 1; x < width; out++) {
      int packed = 0;
      for (int i = 0; i < perByte; i++, x++) {
        packed = packed << bits | (x < width ? indices[at + x] : 0);
      }
      target[out] = (byte) packed;
    }
  }

  /** Some rows, with one of them. */
  private IndexPlane band(int y) {
    IndexPlane rows = band;
    if (rows == null || y < top || y >= top + rows.height()) {
      int count = Math.max(1, BAND_PIXELS / source.width());
      rows = source.rows(y, Math.min(count, source.height() - y));
      band = rows;
      top = y;
    }
    return rows;
  }

  private byte[] filtered(Filter filter) {
    if (filter != Filter.ADAPTIVE) {
      apply(filter.number, filtered);
      return filtered;
    }
    long least = Long.MAX_VALUE;
    for (int number = 0; number < FILTERS; number++) {
      apply(number, filtered);
      long sum = 0;
      for (int i = 1; i < filtered.length; i++) {
        sum += Math.abs(filtered[i]);
      }
      if (sum < least) {
        least = sum;
        byte[] better = filtered;
        filtered = best;
        best = better;
      }
    }
    return best;
  }

  /** Filters the row; a pixel takes a byte at most, so the byte to the left is the one before. */
  private void apply(int filter, byte[] target) {
    target[0] = (byte) filter;
    for (int i = 1; i < row.length; i++) {
      int left = i == 1 ? 0 : row[i - 1] & 0xFF;
      int up = above[i] & 0xFF;
      int corner = i == 1 ? 0 : above[i - 1] & 0xFF;
      int prediction =
          switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> PngFilters.paeth(left, up, corner);
          };
      target[i] = (byte) (row[i] - prediction);
    }
  }
}
