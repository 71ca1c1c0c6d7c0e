package dev.kmq.imageio;

import dev.kmq.container.Format;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import java.awt.Rectangle;
import java.awt.image.DataBufferByte;
import java.awt.image.MultiPixelPackedSampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A raster of 1, 2 or 4 bits per pixel that receives the payloads of a packed file without
 * unpacking them: in one piece if rows have the same layout in both, otherwise row by row.
 */
final class PackedRaster {
  private final byte[] data;
  private final long rowBits;
  private final long firstBit;
  private final int bits;

  private PackedRaster(byte[] data, long rowBits, long firstBit, int bits) {
    this.data = data;
    this.rowBits = rowBits;
    this.firstBit = firstBit;
    this.bits = bits;
  }

  /** The image's raster, if it and the file have the same bits a pixel and the same palette. */
  static @Nullable PackedRaster of(Destination destination, Header header) {
    WritableRaster raster = destination.raster();
    if (header.method() != Method.PACKED
        || !destination.takesIndices()
        || !(raster.getSampleModel() instanceof MultiPixelPackedSampleModel layout)
        || layout.getPixelBitStride() != header.bitsPerIndex()
        || !(raster.getDataBuffer() instanceof DataBufferByte buffer)) {
      return null;
    }
    long rowBits = 8L * layout.getScanlineStride();
    int bits = layout.getPixelBitStride();
    long firstBit =
        8L * buffer.getOffset()
            + layout.getDataBitOffset()
            - rowBits * raster.getSampleModelTranslateY()
            - (long) bits * raster.getSampleModelTranslateX();
    return new PackedRaster(buffer.getData(), rowBits, firstBit, bits);
  }

  /** Reads a region of the image, the corner of which goes to (x, y). */
  void read(KmqReader reader, Rectangle source, int x, int y) throws IOException {
    Tiling tiling = reader.header().tiling();
    int right = (source.x + source.width - 1) / tiling.tileWidth();
    int bottom = (source.y + source.height - 1) / tiling.tileHeight();
    for (int row = source.y / tiling.tileHeight(); row <= bottom; row++) {
      for (int column = source.x / tiling.tileWidth(); column <= right; column++) {
        readTile(reader, row * tiling.columns() + column, source, x, y);
      }
    }
  }

  private void readTile(KmqReader reader, int tile, Rectangle source, int x, int y)
      throws IOException {
    Tiling tiling = reader.header().tiling();
    Rectangle whole =
        new Rectangle(tiling.x(tile), tiling.y(tile), tiling.width(tile), tiling.height(tile));
    Rectangle part = whole.intersection(source);
    long to = firstBit + rowBits * (y + part.y - source.y) + (long) bits * (x + part.x - source.x);
    long tileRowBits = (long) whole.width * bits;
    if (part.equals(whole) && rowBits == tileRowBits && (to & 7) == 0) {
      reader.readPackedTile(tile, data, (int) (to >>> 3));
      return;
    }
    long length = Format.packedBytes((long) whole.width * whole.height, bits);
    byte[] payload = new byte[(int) length + BitCopy.SLACK];
    reader.readPackedTile(tile, payload, 0);
    for (int row = 0; row < part.height; row++) {
      long from = tileRowBits * (part.y - whole.y + row) + (long) bits * (part.x - whole.x);
      BitCopy.copy(payload, from, data, to + rowBits * row, (long) part.width * bits);
    }
  }
}
