package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The samples of a PNG without interlacing, inflated and unfiltered row by row. */
final class PngPixels extends RowImage {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Where the samples are, and what they are.
   *
   * @param parts of the file with compressed data
   * @param depth bits of a sample, 1 to 16
   * @param samples of a pixel
   */
  record Layout(Input input, List<Part> parts, int depth, int samples) {}

  /** A part of a file. */
  record Part(long start, long length) {}

  private final Layout layout;

  /** The samples of the transparent colour, or empty. */
  private final int[] key;

  /**
   * The samples of a file.
   *
   * @param key the samples of the transparent colour, or empty; it adds a sample for alpha
   */
  PngPixels(int width, int height, ColorModel model, Layout layout, int... key) throws FailedInput {
    super(
        width,
        height,
        model,
        layout.depth == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE,
        layout.samples + (key.length > 0 ? 1 : 0));
    this.layout = layout;
    this.key = key.clone();
  }

  @Override
  Rows open() {
    return new Unfiltered();
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

  private final class Unfiltered implements Rows {
    private final Inflater inflater = new Inflater();
    private final InputStream in =
        new InflaterInputStream(new Compressed(), inflater, BUFFER_BYTES);

    /** Bytes from a sample to the same one of the pixel to its left. */
    private final int step = Math.max(1, layout.depth * layout.samples / 8);

    private byte[] row =
        new byte[(int) (((long) getWidth() * layout.depth * layout.samples + 7) / 8)];
    private byte[] above = new byte[row.length];

    @Override
    public void next(DataBuffer target, int offset) throws IOException {
      byte[] done = above;
      above = row;
      row = done;
      int filter;
      try {
        filter = in.read();
        if (filter < 0 || in.readNBytes(row, 0, row.length) < row.length) {
          throw new EOFException();
        }
      } catch (EOFException e) {
        throw FailedInput.truncated(e);
      } catch (ZipException e) {
        throw new FailedInput("damaged image: its compressed pixels are not valid", e);
      }
      unfilter(filter);
      if (key.length > 0) {
        withAlpha(target, offset);
      } else {
        samples(target, offset);
      }
    }

    private void unfilter(int filter) throws FailedInput {
      byte[] to = row;
      byte[] up = above;
      int n = to.length;
      int first = Math.min(step, n);
      switch (filter) {
        case 0 -> {}
        case 1 -> {
          for (int i = step; i < n; i++) {
            to[i] += to[i - step];
          }
        }
        case 2 -> {
          for (int i = 0; i < n; i++) {
            to[i] += up[i];
          }
        }
        case 3 -> {
          for (int i = 0; i < first; i++) {
            to[i] += (byte) ((up[i] & 0xFF) >> 1);
          }
          for (int i = step; i < n; i++) {
            to[i] += (byte) ((to[i - step] & 0xFF) + (up[i] & 0xFF) >> 1);
          }
        }
        case 4 -> {
          for (int i = 0; i < first; i++) {
            to[i] += up[i];
          }
          for (int i = step; i < n; i++) {
            to[i] += (byte) PngRows.paeth(to[i - step] & 0xFF, up[i] & 0xFF, up[i - step] & 0xFF);
          }
        }
        default -> throw FailedInput.damaged("a row has the unknown filter " + filter);
      }
    }

    private void samples(DataBuffer target, int offset) {
      if (target instanceof DataBufferUShort shorts) {
        short[] to = shorts.getData();
        for (int i = 0, at = offset; i < row.length; i += 2) {
          to[at++] = (short) (row[i] << 8 | row[i + 1] & 0xFF);
        }
        return;
      }
      byte[] to = ((DataBufferByte) target).getData();
      if (layout.depth == 8) {
        System.arraycopy(row, 0, to, offset, row.length);
        return;
      }
      int bits = layout.depth;
      for (int x = 0; x < getWidth(); x++) {
        long bit = (long) x * bits;
        int shift = 8 - bits - (int) (bit & 7);
        to[offset + x] = (byte) ((row[(int) (bit >> 3)] & 0xFF) >> shift & (1 << bits) - 1);
      }
    }

    private void withAlpha(DataBuffer target, int offset) {
      int bytes = layout.depth / 8;
      int opaque = (1 << layout.depth) - 1;
      int at = offset;
      for (int x = 0, from = 0; x < getWidth(); x++) {
        boolean same = true;
        for (int sample : key) {
          int value = row[from] & 0xFF;
          if (bytes == 2) {
            value = value << 8 | row[from + 1] & 0xFF;
          }
          from += bytes;
          same &= value == sample;
          target.setElem(at++, value);
        }
        target.setElem(at++, same ? 0 : opaque);
      }
    }

    @Override
    public void close() {
      inflater.end();
      layout.input.release();
    }
  }
}
