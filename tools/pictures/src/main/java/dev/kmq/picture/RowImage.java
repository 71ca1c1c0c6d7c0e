package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import java.awt.Image;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * An image that is decoded row by row, each time from the top, so that it need not fit into memory.
 * Samples are interleaved, of 8 or 16 bits; those of up to 8 bits take a byte each. It is for one
 * thread at a time, and fast only if rows are requested from top to bottom.
 */
abstract class RowImage implements RenderedImage {
  /** Rows from top to bottom. */
  interface Rows extends Closeable {
    /** Stores the samples of the next row in a buffer from an element on. */
    void next(DataBuffer target, int offset) throws IOException;
  }

  private final int width;
  private final int height;
  private final ColorModel model;
  private final int type;
  private final int bands;
  private @Nullable Rows rows;

  /** The row that {@link #rows} gives next. */
  private int next;

  /** The rows that were requested last, for several readers in step. */
  private @Nullable Raster last;

  /**
   * An image.
   *
   * @param type of a sample, {@link DataBuffer#TYPE_BYTE} or {@link DataBuffer#TYPE_USHORT}
   * @throws FailedInput if a row does not fit into an array
   */
  RowImage(int width, int height, ColorModel model, int type, int bands) throws FailedInput {
    PixelLimit.checkRow(width, bands * (type == DataBuffer.TYPE_BYTE ? 1L : 2L));
    this.width = width;
    this.height = height;
    this.model = model;
    this.type = type;
    this.bands = bands;
  }

  /** Starts at the top. */
  abstract Rows open() throws IOException;

  /** Samples of a pixel. */
  int bands() {
    return bands;
  }

  /** Type of a sample. */
  int type() {
    return type;
  }

  @Override
  public Raster getData(Rectangle area) {
    Raster found = last;
    if (found != null && found.getBounds().contains(area)) {
      return found;
    }
    last = null;
    try {
      found = read(area.y, area.height);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    }
    last = found;
    return found;
  }

  private Raster read(int y, int count) throws IOException {
    if (rows != null && y < next) {
      close();
    }
    Rows from = rows;
    if (from == null) {
      from = open();
      rows = from;
      next = 0;
    }
    int stride = Math.multiplyExact(width, bands);
    if (next < y) {
      DataBuffer skipped = buffer(stride);
      for (; next < y; next++) {
        from.next(skipped, 0);
      }
    }
    DataBuffer buffer = buffer(Math.multiplyExact(stride, count));
    for (int i = 0; i < count; i++, next++) {
      from.next(buffer, i * stride);
    }
    if (next == height) {
      close();
    }
    return Raster.createWritableRaster(samples(count), buffer, new Point(0, y));
  }

  private void close() {
    Rows open = rows;
    rows = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing was written to it.
      }
    }
  }

  private DataBuffer buffer(int elements) {
    return type == DataBuffer.TYPE_BYTE
        ? new DataBufferByte(elements)
        : new DataBufferUShort(elements);
  }

  private SampleModel samples(int count) {
    int[] offsets = Rasters.offsets(bands);
    return new PixelInterleavedSampleModel(type, width, count, bands, width * bands, offsets);
  }

  @Override
  public Raster getData() {
    return getData(new Rectangle(0, 0, width, height));
  }

  @Override
  public Raster getTile(int tileX, int tileY) {
    return getData();
  }

  @Override
  public WritableRaster copyData(@Nullable WritableRaster raster) {
    throw new UnsupportedOperationException("rows are read with getData");
  }

  @Override
  public ColorModel getColorModel() {
    return model;
  }

  @Override
  public SampleModel getSampleModel() {
    return samples(1);
  }

  @Override
  public int getWidth() {
    return width;
  }

  @Override
  public int getHeight() {
    return height;
  }

  @Override
  public int getMinX() {
    return 0;
  }

  @Override
  public int getMinY() {
    return 0;
  }

  @Override
  public int getNumXTiles() {
    return 1;
  }

  @Override
  public int getNumYTiles() {
    return 1;
  }

  @Override
  public int getMinTileX() {
    return 0;
  }

  @Override
  public int getMinTileY() {
    return 0;
  }

  @Override
  public int getTileWidth() {
    return width;
  }

  @Override
  public int getTileHeight() {
    return height;
  }

  @Override
  public int getTileGridXOffset() {
    return 0;
  }

  @Override
  public int getTileGridYOffset() {
    return 0;
  }

  @Override
  public Vector<RenderedImage> getSources() {
    return new Vector<>();
  }

  @Override
  public Object getProperty(String name) {
    return Image.UndefinedProperty;
  }

  @Override
  public String @Nullable [] getPropertyNames() {
    return null;
  }
}
