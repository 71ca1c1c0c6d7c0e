package dev.kmq.web.png;

import dev.kmq.png.PngRows;
import dev.kmq.web.EngineException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

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
  private final Inflater inflater = new Inflater();

  private PngRowReader(PngFile file) {
    this.file = file;
    this.bits = file.depth() * file.samples();
  }

  /** Reads all pixels. */
  static void read(PngFile file, Target target) throws EngineException {
    PngRowReader reader = new PngRowReader(file);
    reader.inflater.setInput(file.compressed());
    try {
      for (int[] pass : file.interlaced() ? PASSES : WHOLE) {
        reader.pass(pass, target);
      }
    } catch (DataFormatException e) {
      EngineException damaged = PngFile.damaged("its compressed pixels are not valid");
      damaged.initCause(e);
      throw damaged;
    } finally {
      reader.inflater.end();
    }
  }

  private void pass(int[] pass, Target target) throws EngineException, DataFormatException {
    int columns = (file.width() - pass[0] + pass[2] - 1) / pass[2];
    if (columns <= 0) {
      return;
    }
    int rowBytes = (int) (((long) columns * bits + 7) / 8);
    byte[] row = new byte[1 + rowBytes];
    byte[] above = new byte[1 + rowBytes];
    int[] samples = new int[columns * file.samples()];
    for (int y = pass[1]; y < file.height(); y += pass[3]) {
      fill(row);
      unfilter(row, above);
      unpack(row, samples);
      target.put(y, pass[0], pass[2], columns, samples);
      byte[] done = above;
      above = row;
      row = done;
    }
  }

  private void fill(byte[] row) throws EngineException, DataFormatException {
    for (int at = 0; at < row.length; ) {
      int n = inflater.inflate(row, at, row.length - at);
      if (n <= 0) {
        throw PngFile.damaged(
            inflater.needsDictionary() ? "its compressed pixels are not valid" : "it is truncated");
      }
      at += n;
    }
  }

  /** Both rows begin with the number of the filter. */
  private void unfilter(byte[] row, byte[] above) throws EngineException {
    int step = Math.max(1, bits / 8);
    int n = row.length;
    int first = Math.min(1 + step, n);
    switch (row[0]) {
      case 0 -> {}
      case 1 -> {
        for (int i = first; i < n; i++) {
          row[i] += row[i - step];
        }
      }
      case 2 -> {
        for (int i = 1; i < n; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 1; i < first; i++) {
          row[i] += (byte) ((above[i] & 0xFF) >> 1);
        }
        for (int i = first; i < n; i++) {
          row[i] += (byte) ((row[i - step] & 0xFF) + (above[i] & 0xFF) >> 1);
        }
      }
      case 4 -> {
        for (int i = 1; i < first; i++) {
          row[i] += above[i];
        }
        for (int i = first; i < n; i++) {
          row[i] +=
              (byte) PngRows.paeth(row[i - step] & 0xFF, above[i] & 0xFF, above[i - step] & 0xFF);
        }
      }
      default -> throw PngFile.damaged("a row has the unknown filter " + (row[0] & 0xFF));
    }
  }

  private void unpack(byte[] row, int[] samples) {
    int depth = file.depth();
    if (depth == 8) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = row[1 + i] & 0xFF;
      }
    } else if (depth == 16) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (row[1 + 2 * i] & 0xFF) << 8 | row[2 + 2 * i] & 0xFF;
      }
    } else {
      for (int i = 0; i < samples.length; i++) {
        int bit = i * depth;
        int shift = 8 - depth - (bit & 7);
        samples[i] = (row[1 + (bit >> 3)] & 0xFF) >> shift & (1 << depth) - 1;
      }
    }
  }
}
