package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.IOException;

/** The samples of a PNG without interlacing, inflated and unfiltered row by row. */
final class PngPixels extends RowImage {
  private final PngLines.Layout layout;

  /** The samples of the transparent colour, or empty. */
  private final int[] key;

  /**
   * The samples of a file.
   *
   * @param key the samples of the transparent colour, or empty; it adds a sample for alpha
   */
  PngPixels(int width, int height, ColorModel model, PngLines.Layout layout, int... key)
      throws FailedInput {
    super(
        width,
        height,
        model,
        layout.depth() == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE,
        layout.samples() + (key.length > 0 ? 1 : 0));
    this.layout = layout;
    this.key = key.clone();
  }

  @Override
  Rows open() {
    return new Unfiltered();
  }

  private final class Unfiltered implements Rows {
    private final PngLines lines = new PngLines(getWidth(), getHeight(), layout);

    @Override
    public void next(DataBuffer target, int offset) throws IOException {
      byte[] row = lines.next();
      if (key.length > 0) {
        withAlpha(row, target, offset);
      } else {
        samples(row, target, offset);
      }
    }

    private void samples(byte[] row, DataBuffer target, int offset) {
      if (target instanceof DataBufferUShort shorts) {
        short[] to = shorts.getData();
        for (int i = 0, at = offset; i < row.length; i += 2) {
          to[at++] = (short) (row[i] << 8 | row[i + 1] & 0xFF);
        }
        return;
      }
      lines.unpack(((DataBufferByte) target).getData(), offset);
    }

    private void withAlpha(byte[] row, DataBuffer target, int offset) {
      int bytes = layout.depth() / 8;
      int opaque = (1 << layout.depth()) - 1;
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
      lines.close();
    }
  }
}
