package dev.kmq.png;

import dev.kmq.bytes.Streams;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The rows of a PNG, inflated and unfiltered one after another. Those of an interlaced one come in
 * the seven passes of Adam7, each with some of the columns.
 */
public final class PngRowReader implements Closeable {
  /** First column and row of each pass, and the steps to the next ones. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  /** Bytes after the last row in which a fault of the compressed data is found. */
  private static final int BYTES_AFTER = 1 << 16;

  private final PngHeader header;
  private final PngSource source;
  private final InputStream in;
  private final int[][] passes;

  /** The number of the next pass. */
  private int next;

  private int[] pass;
  private int columns;
  private int y;
  private long rowsLeft;
  private byte[] row = {};
  private byte[] above = {};

  PngRowReader(PngHeader header, PngSource source, InputStream compressed) {
    this.header = header;
    this.source = source;
    this.passes = header.interlaced() ? ADAM7 : WHOLE;
    this.pass = passes[0];
    this.y = header.height();
    long bytes = 0;
    for (int[] one : passes) {
      int rows = columns(one) == 0 ? 0 : count(header.height(), one[1], one[3]);
      rowsLeft += rows;
      bytes += rows * (1L + header.rowBytes(columns(one)));
    }
    this.in = Zlib.stream(compressed, bytes + BYTES_AFTER);
  }

  private int columns(int[] one) {
    return count(header.width(), one[0], one[2]);
  }

  private static int count(int size, int first, int step) {
    return size <= first ? 0 : (size - first - 1) / step + 1;
  }

  /** Reads the next row; false after the last one. */
  public boolean next() throws IOException {
    if (rowsLeft == 0) {
      return false;
    }
    if (header.height() - y <= pass[3]) {
      startPass();
    } else {
      y += pass[3];
    }
    byte[] done = above;
    above = row;
    row = done;
    int filter = fill();
    if (!PngFilters.reverse(filter, row, above, header.step())) {
      throw source.damaged("a row has the unknown filter " + filter);
    }
    return true;
  }

  private void startPass() {
    do {
      pass = passes[next++];
      columns = columns(pass);
      y = pass[1];
    } while (columns == 0 || y >= header.height());
    row = new byte[header.rowBytes(columns)];
    above = new byte[row.length];
  }

  /** Fills the row with its filtered bytes; returns the number of the filter. */
  private int fill() throws IOException {
    try {
      int filter = in.read();
      if (filter < 0 || !Streams.readFully(in, row, 0, row.length)) {
        throw source.damaged("it is truncated");
      }
      rowsLeft--;
      if (rowsLeft == 0) {
        checkEnd();
      }
      return filter;
    } catch (EOFException e) {
      throw source.damaged("it is truncated");
    } catch (ZipException e) {
      throw source.damaged("its compressed pixels are not valid");
    }
  }

  /** Has the checksum verified, if one follows soon; further data is ignored, as in libpng. */
  private void checkEnd() throws IOException {
    try {
      Streams.readFully(in, new byte[BYTES_AFTER], 0, BYTES_AFTER);
    } catch (EOFException e) {
      // All rows are there.
    }
  }

  /** The bytes of the row, valid until the next one is read. */
  public byte[] row() {
    return row;
  }

  /** The number of the row in the image. */
  public int y() {
    return y;
  }

  /** The column of the first pixel of the row. */
  public int x() {
    return pass[0];
  }

  /** Columns from one pixel of the row to the next. */
  public int step() {
    return pass[2];
  }

  /** The number of pixels in the row. */
  public int columns() {
    return columns;
  }

  /** Stores the samples of the row, of up to 8 bits, each in a byte. */
  public void unpack(byte[] to, int offset) {
    int bits = header.depth();
    if (bits == 8) {
      System.arraycopy(row, 0, to, offset, row.length);
      return;
    }
    for (int i = 0; i < columns * header.samples(); i++) {
      long bit = (long) i * bits;
      int shift = 8 - bits - (int) (bit & 7);
      to[offset + i] = (byte) ((row[(int) (bit >> 3)] & 0xFF) >> shift & (1 << bits) - 1);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
