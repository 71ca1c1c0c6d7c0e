package dev.kmq.png;

import java.io.IOException;

/** The bytes of a PNG file, and the errors by which its reader refuses it. */
public interface PngSource {
  /**
   * Reads bytes at a position.
   *
   * @return how many, at least 1 of those asked for; negative at the end
   */
  int read(long position, byte[] target, int offset, int count) throws IOException;

  /** As {@link #read}, of a file that is in memory. */
  static int read(byte[] file, long position, byte[] target, int offset, int count) {
    if (position >= file.length) {
      return -1;
    }
    int n = (int) Math.min(count, file.length - position);
    System.arraycopy(file, (int) position, target, offset, n);
    return n;
  }

  /** Refuses an image that is too large, before more than its size is read. */
  void checkSize(int width, int height) throws IOException;

  /** The failure of a file that violates its format; {@code what} ends a sentence. */
  IOException damaged(String what);

  /** The failure of a file with a critical chunk of a type that is not known. */
  IOException unknownChunk(String type);
}
