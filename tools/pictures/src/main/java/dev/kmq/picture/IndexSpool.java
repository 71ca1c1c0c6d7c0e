package dev.kmq.picture;

import dev.kmq.file.SpoolFile;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The indices of a large image in a temporary file, which is deleted when this is closed. */
final class IndexSpool implements IndexSource, Closeable {
  private final int width;
  private final int height;
  private final Palette palette;
  private final boolean wide;
  private final FileChannel file;
  private long end;

  IndexSpool(int width, int height, Palette palette) throws IOException {
    this.width = width;
    this.height = height;
    this.palette = palette;
    this.wide = IndexPlane.isWide(palette.size());
    this.file = SpoolFile.open();
  }

  /** Stores the next rows. */
  void append(IndexPlane plane) throws IOException {
    IndexPlane rows = IndexPlane.allocate(plane.width(), plane.height(), palette.size());
    rows.copyFrom(plane);
    ByteBuffer bytes;
    if (wide) {
      bytes = ByteBuffer.allocate(2 * rows.shorts().length);
      bytes.asShortBuffer().put(rows.shorts());
    } else {
      bytes = ByteBuffer.wrap(rows.bytes());
    }
    int length = bytes.remaining();
    SpoolFile.write(file, bytes, end);
    end += length;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public Palette palette() {
    return palette;
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    IndexPlane plane = IndexPlane.allocate(width, rows, palette.size());
    int size = wide ? 2 : 1;
    ByteBuffer bytes =
        wide ? ByteBuffer.allocate(2 * plane.shorts().length) : ByteBuffer.wrap(plane.bytes());
    try {
      long start = (long) y * width * size;
      while (bytes.hasRemaining()) {
        if (file.read(bytes, start + bytes.position()) < 0) {
          throw new IOException("the temporary file is cut short");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (wide) {
      bytes.flip();
      bytes.asShortBuffer().get(plane.shorts());
    }
    return plane;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
