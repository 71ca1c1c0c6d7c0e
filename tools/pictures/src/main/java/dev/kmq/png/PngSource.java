package dev.kmq.png;

import java.io.IOException;

/** The bytes of a PNG file, and how whoever reads them refuses one. */
public interface PngSource {
  /**
   * Reads bytes at a position.
   *
   * @return how many, at least 1 of those asked for; negative at the end
   */
  int read(long position, byte[] target, int offset, int count) throws IOException;

  /** Refuses an image that is too large, before more than its size is read. */
  void checkSize(int width, int height) throws IOException;

  /** The failure of a file that violates its format; {@code what} ends a sentence. */
  IOException damaged(String what);

  /** The failure of a file with a critical chunk of a type that is not known. */
  IOException unknownChunk(String type);
}
