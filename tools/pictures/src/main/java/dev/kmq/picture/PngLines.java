package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.png.PngFilters;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The rows of a PNG without interlacing, inflated and unfiltered one after another. */
final class PngLines implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Where the samples are, and what they are.
   *
   * @param released whether the input is released after each pass, because another may never come
   * @param parts of the file with compressed data
   * @param depth bits of a sample, 1 to 16
   * @param samples of a pixel
   */
  record Layout(Input input, boolean released, List<Part> parts, int depth, int samples) {}

  /** A part of a file. */
  record Part(long start, long length) {}

  private final int width;
  private final Layout layout;
  private final Inflater inflater = new Inflater();
  private final InputStream in = new InflaterInputStream(new Compressed(), inflater, BUFFER_BYTES);

  /** Bytes from a sample to the same one of the pixel to its left. */
  private final int step;

  private byte[] row;
  private byte[] above;

  private int rowsLeft;

  PngLines(int width, int height, Layout layout) {
    this.width = width;
    this.rowsLeft = height;
    this.layout = layout;
    this.step = Math.max(1, layout.depth * layout.samples / 8);
    this.row = new byte[(int) (((long) width * layout.depth * layout.samples + 7) / 8)];
    this.above = new byte[row.length];
  }

  /** The compressed data of all parts. */
  private final class Compressed extends InputStream {
    private int part;
    private long done;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      List<Part> parts = layout.parts;
      while (part < parts.size() && done == parts.get(part).length) {
        part++;
        done = 0;
      }
      if (part == parts.size()) {
        return -1;
      }
      Part from = parts.get(part);
      int most = (int) Math.min(count, from.length - done);
      int n = layout.input.read(from.start + done, target, offset, most);
      done += Math.max(n, 0);
      return n;
    }
  }

  /** The bytes of the next row, valid until the one after it is read. */
  byte[] next() throws IOException {
    byte[] done = above;
    above = row;
    row = done;
    int filter;
    try {
      filter = in.read();
      if (filter < 0 || in.readNBytes(row, 0, row.length) < row.length) {
        if (inflater.needsDictionary()) {
          throw new ZipException("a preset dictionary");
        }
        throw new EOFException();
      }
      rowsLeft--;
      if (rowsLeft == 0) {
        checkEnd();
      }
    } catch (EOFException e) {
      throw FailedInput.truncated(e);
    } catch (ZipException e) {
      throw new FailedInput("damaged image: its compressed pixels are not valid", e);
    }
    if (!PngFilters.reverse(filter, row, above, step)) {
      throw FailedInput.damaged("a row has the unknown filter " + filter);
    }
    return row;
  }

  /** Has the checksum verified, if one follows soon; further data is ignored, as in libpng. */
  private void checkEnd() throws IOException {
    try {
      in.readNBytes(BUFFER_BYTES);
    } catch (EOFException e) {
      // All rows are there.
    }
  }

  /** Stores the samples of the last row, of up to 8 bits, each in a byte. */
  void unpack(byte[] to, int offset) {
    int bits = layout.depth;
    if (bits == 8) {
      System.arraycopy(row, 0, to, offset, row.length);
      return;
    }
    for (int i = 0; i < width * layout.samples; i++) {
      long bit = (long) i * bits;
      int shift = 8 - bits - (int) (bit & 7);
      to[offset + i] = (byte) ((row[(int) (bit >> 3)] & 0xFF) >> shift & (1 << bits) - 1);
    }
  }

  @Override
  public void close() {
    inflater.end();
    if (layout.released) {
      layout.input.release();
    }
  }
}
