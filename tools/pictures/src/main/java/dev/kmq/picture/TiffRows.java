package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** The pixels of a TIFF, decoded some rows of strips or tiles at a time. */
final class TiffRows extends RowImage {
  /** Decodes a file that has a part of the rows. */
  @FunctionalInterface
  interface Decoder {
    BufferedImage image(ImageInputStream file) throws IOException;
  }

  private final Input input;
  private final TiffBand bands;
  private final Decoder decoder;

  private TiffRows(BufferedImage first, Input input, TiffBand bands, Decoder decoder)
      throws FailedInput {
    super(
        first.getWidth(),
        bands.height(),
        first.getColorModel(),
        first.getRaster().getTransferType(),
        first.getRaster().getNumBands());
    this.input = input;
    this.bands = bands;
    this.decoder = decoder;
  }

  /** The rows of a file, or null if its samples, once decoded, are neither of 8 nor 16 bits. */
  static @Nullable TiffRows of(Input input, TiffBand bands, Decoder decoder) throws IOException {
    BufferedImage first = decoder.image(bands.at(input, 0));
    int type = first.getRaster().getTransferType();
    return type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT
        ? new TiffRows(first, input, bands, decoder)
        : null;
  }

  /** Decodes everything once, so that the decoder has seen all samples. */
  void survey() throws IOException {
    for (int y = 0; y < getHeight(); y += bands.rows()) {
      decoder.image(bands.at(input, y));
    }
  }

  @Override
  Rows open() {
    return new Rows() {
      private @Nullable WritableRaster band;
      private int top;
      private int line;

      @Override
      public void next(DataBuffer target, int offset) throws IOException {
        WritableRaster from = band;
        if (from == null || line == top + from.getHeight()) {
          band = null; // so that there is one at a time
          from = decoded();
          band = from;
          top = line;
        }
        int y = from.getMinY() + line - top;
        int elements = getWidth() * bands();
        Object row = from.getDataElements(from.getMinX(), y, getWidth(), 1, (Object) null);
        if (target instanceof DataBufferUShort shorts) {
          System.arraycopy(row, 0, shorts.getData(), offset, elements);
        } else {
          System.arraycopy(row, 0, ((DataBufferByte) target).getData(), offset, elements);
        }
        line++;
      }

      private WritableRaster decoded() throws IOException {
        try {
          return decoder.image(bands.at(input, line)).getRaster();
        } catch (IOException | RuntimeException e) {
          throw PictureReader.damaged(e);
        }
      }

      @Override
      public void close() {
        input.release();
      }
    };
  }
}
