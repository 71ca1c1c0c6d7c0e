package dev.kmq.web.png;

import dev.kmq.png.PngFilters;
import dev.kmq.web.EngineException;
import dev.kmq.web.inflate.Inflate;
import dev.kmq.web.inflate.Zlib;

/** The rows of a PNG, inflated and unfiltered, with Adam7's seven passes if it is interlaced. */
final class PngRowReader {
  /** First column and row of each pass, and the steps to the next ones. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  /** Takes the samples of some pixels of a row. */
  @FunctionalInterface
  interface Target {
    /**
     * Takes the pixels at {@code x}, {@code x + step}, and so on of a row.
     *
     * @param samples {@code count} pixels with all their samples, each of up to 16 bits
     */
    void put(int y, int x, int step, int count, int[] samples);
  }

  private final PngFile file;
  private final int bits;
  private final Inflate inflated;
  private final byte[] bytes;
  private int next;

  private PngRowReader(PngFile file) throws EngineException {
    this.file = file;
    this.bits = file.depth() * file.samples();
    int most = (int) Math.min(rowsBytes(), Integer.MAX_VALUE - 16);
    Inflate found = Zlib.start(file.compressed(), most);
    if (found == null) {
      throw notValid();
    }
    this.inflated = found;
    this.bytes = found.bytes();
  }

  /** Reads all pixels. */
  static void read(PngFile file, Target target) throws EngineException {
    PngRowReader reader = new PngRowReader(file);
    for (int[] pass : reader.passes()) {
      reader.pass(pass, target);
    }
  }

  private int[][] passes() {
    return file.interlaced() ? PASSES : WHOLE;
  }

  private static EngineException notValid() {
    return PngFile.damaged("its compressed pixels are not valid");
  }

  private int columns(int[] pass) {
    return Math.max(0, (file.width() - pass[0] + pass[2] - 1) / pass[2]);
  }

  private int rowBytes(int columns) {
    return (int) (((long) columns * bits + 7) / 8);
  }

  /** The number of bytes of all rows. */
  private long rowsBytes() {
    long sum = 0;
    for (int[] pass : passes()) {
      int columns = columns(pass);
      int rows = Math.max(0, (file.height() - pass[1] + pass[3] - 1) / pass[3]);
      sum += columns == 0 ? 0 : (long) rows * (1 + rowBytes(columns));
    }
    return sum;
  }

  private void pass(int[] pass, Target target) throws EngineException {
    int columns = columns(pass);
    if (columns == 0) {
      return;
    }
    byte[] row = new byte[rowBytes(columns)];
    byte[] above = new byte[row.length];
    int[] samples = new int[columns * file.samples()];
    for (int y = pass[1]; y < file.height(); y += pass[3]) {
      int filter = fill(row);
      if (!PngFilters.reverse(filter, row, above, Math.max(1, bits / 8))) {
        throw PngFile.damaged("a row has the unknown filter " + filter);
      }
      unpack(row, samples);
      target.put(y, pass[0], pass[2], columns, samples);
      byte[] done = above;
      above = row;
      row = done;
    }
  }

  /** Fills a row with its filtered bytes; returns the number of the filter. */
  private int fill(byte[] row) throws EngineException {
    if (next + 1 + row.length > bytes.length) {
      throw inflated.end() == Inflate.End.CORRUPT ? notValid() : PngFile.damaged("it is truncated");
    }
    int filter = bytes[next] & 0xFF;
    System.arraycopy(bytes, next + 1, row, 0, row.length);
    next += 1 + row.length;
    return filter;
  }

  private void unpack(byte[] row, int[] samples) {
    int depth = file.depth();
    if (depth == 8) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = row[i] & 0xFF;
      }
    } else if (depth == 16) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (row[2 * i] & 0xFF) << 8 | row[2 * i + 1] & 0xFF;
      }
    } else {
      for (int i = 0; i < samples.length; i++) {
        int bit = i * depth;
        int shift = 8 - depth - (bit & 7);
        samples[i] = (row[bit >> 3] & 0xFF) >> shift & (1 << depth) - 1;
      }
    }
  }
}
