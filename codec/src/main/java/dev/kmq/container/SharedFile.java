package dev.kmq.container;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that several threads read, each at its own position. Unlike a {@code FileChannel} it is
 * not closed when one of them is interrupted.
 */
final class SharedFile implements Closeable {
  private final RandomAccessFile file;
  private final long size;

  SharedFile(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
    size = file.length();
  }

  long size() {
    return size;
  }

  /** Reads at a position; -1 at the end. */
  int read(long position, byte[] target, int offset, int length) throws IOException {
    synchronized (file) {
      file.seek(position);
      return file.read(target, offset, length);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
