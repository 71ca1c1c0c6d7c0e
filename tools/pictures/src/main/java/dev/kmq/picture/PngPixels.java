package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.png.PngFile;
import dev.kmq.png.PngRowReader;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.IOException;

/** The samples of a PNG without interlacing, inflated and unfiltered row by row. */
final class PngPixels extends RowImage {
  private final PngFile file;
  private final Input input;

  /** The samples of the transparent colour, or empty. */
  private final int[] key;

  /**
   * The samples of a file.
   *
   * @param input of the file, which is released after each pass, because another may never come
   * @param key the samples of the transparent colour, or empty; it adds a sample for alpha
   */
  PngPixels(PngFile file, Input input, ColorModel model, int... key) throws FailedInput {
    super(
        file.header().width(),
        file.header().height(),
        model,
        file.header().depth() == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE,
        file.header().samples() + (key.length > 0 ? 1 : 0));
    this.file = file;
    this.input = input;
    this.key = key.clone();
  }

  @Override
  Rows open() {
    return new Unfiltered();
  }

  private final class Unfiltered implements Rows {
    private final PngRowReader rows = file.rows();

    @Override
    public void next(DataBuffer target, int offset) throws IOException {
      rows.next();
      if (key.length > 0) {
        withAlpha(rows.row(), target, offset);
      } else {
        samples(rows.row(), target, offset);
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
      rows.unpack(((DataBufferByte) target).getData(), offset);
    }

    private void withAlpha(byte[] row, DataBuffer target, int offset) {
      int depth = file.header().depth();
      int opaque = (1 << depth) - 1;
      int at = offset;
      for (int x = 0, from = 0; x < getWidth(); x++) {
        boolean same = true;
        for (int sample : key) {
          int value = row[from++] & 0xFF;
          if (depth == 16) {
            value = value << 8 | row[from++] & 0xFF;
          }
          same &= value == sample;
          target.setElem(at++, value);
        }
        target.setElem(at++, same ? 0 : opaque);
      }
    }

    @Override
    public void close() throws IOException {
      rows.close();
      input.release();
    }
  }
}
