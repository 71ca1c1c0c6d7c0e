package dev.kmq.picture;

import dev.kmq.file.SpoolFile;
import java.awt.Rectangle;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A large image rotated and mirrored as {@link Orientation} does, by way of a temporary file of all
 * its samples. The file is gone when the image is, or the program ends.
 */
final class TurnedImage extends RowImage {
  private static final int BLOCK_BYTES = 1 << 24;

  private final FileChannel file;

  /** Width and height of the image before it is turned, and bytes of a pixel. */
  private final int w;

  private final int h;
  private final int pixel;

  private final boolean turned;
  private final boolean rowsReversed;
  private final boolean pixelsReversed;

  /** Rows of a block of the file; those of a turned image are stored by columns. */
  private final int blockRows;

  private TurnedImage(RowImage source, int orientation) throws IOException {
    super(
        orientation >= 5 ? source.getHeight() : source.getWidth(),
        orientation >= 5 ? source.getWidth() : source.getHeight(),
        source.getColorModel(),
        source.type(),
        source.bands());
    this.w = source.getWidth();
    this.h = source.getHeight();
    this.pixel = source.bands() * (source.type() == DataBuffer.TYPE_BYTE ? 1 : 2);
    this.turned = orientation >= 5;
    this.rowsReversed =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    this.pixelsReversed =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    this.blockRows = Math.max(1, Math.min(h, BLOCK_BYTES / Math.multiplyExact(w, pixel)));
    this.file = SpoolFile.open();
    for (int y = 0; y < h; y += blockRows) {
      store(source, y, Math.min(blockRows, h - y));
    }
  }

  /** The image in its upright orientation; itself if that is what it has. */
  static RowImage of(RowImage source, int orientation) throws IOException {
    return orientation < 2 || orientation > 8 ? source : new TurnedImage(source, orientation);
  }

  private void store(RowImage source, int y, int rows) throws IOException {
    Raster raster = source.getData(new Rectangle(0, y, w, rows));
    byte[] bytes = bytes(raster.getDataBuffer());
    ByteBuffer block = ByteBuffer.allocate(rows * w * pixel);
    for (int x = 0; turned && x < w; x++) {
      for (int row = 0; row < rows; row++) {
        block.put(bytes, (row * w + x) * pixel, pixel);
      }
    }
    if (!turned) {
      block.put(bytes);
    }
    block.flip();
    SpoolFile.write(file, block, (long) y * w * pixel);
  }

  private static byte[] bytes(DataBuffer buffer) {
    if (buffer instanceof DataBufferByte bytes) {
      return bytes.getData();
    }
    short[] samples = ((DataBufferUShort) buffer).getData();
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }

  @Override
  Rows open() {
    return new Rows() {
      private final byte[] row = new byte[Math.multiplyExact(getWidth(), pixel)];
      private int line;

      @Override
      public void next(DataBuffer target, int offset) throws IOException {
        if (turned) {
          column(pixelsReversed ? w - 1 - line : line, row);
        } else {
          long y = rowsReversed ? h - 1 - line : line;
          read(y * w * pixel, row, 0, row.length);
        }
        line++;
        put(row, turned ? rowsReversed : pixelsReversed, target, offset);
      }

      @Override
      public void close() {
        // The file is needed for the next pass.
      }
    };
  }

  private void column(int x, byte[] target) throws IOException {
    for (int y = 0; y < h; y += blockRows) {
      int rows = Math.min(blockRows, h - y);
      read(((long) y * w + (long) x * rows) * pixel, target, y * pixel, rows * pixel);
    }
  }

  private void read(long position, byte[] target, int offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, count);
    while (buffer.hasRemaining()) {
      int n = file.read(buffer, position + buffer.position() - offset);
      if (n < 0) {
        throw new IOException("the temporary file is cut short");
      }
    }
  }

  private void put(byte[] row, boolean reversed, DataBuffer target, int offset) {
    int bands = bands();
    int size = pixel / bands;
    for (int x = 0, at = offset; x < getWidth(); x++) {
      int from = (reversed ? getWidth() - 1 - x : x) * pixel;
      for (int b = 0; b < bands; b++, from += size) {
        int value = row[from] & 0xFF;
        target.setElem(at++, size == 1 ? value : value << 8 | row[from + 1] & 0xFF);
      }
    }
  }
}
