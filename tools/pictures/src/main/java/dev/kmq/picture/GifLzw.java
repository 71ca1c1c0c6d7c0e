package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * The LZW decoding of GIF, after appendix F of the GIF89a specification. The JDK's decoder cannot
 * be used without its placement of rows, and it fills missing pixels silently.
 */
final class GifLzw {
  private static final int MAX_BITS = 12;

  private final ImageInputStream in;
  private final byte[] block = new byte[255];
  private int blockLength;
  private int blockAt;
  private boolean ended;
  private int bits;
  private int bitCount;

  private GifLzw(ImageInputStream in) {
    this.in = in;
  }

  /**
   * Reads image data up to and including the empty block that ends it.
   *
   * @param target receives one index per pixel; the data must fill it
   */
  static void decode(ImageInputStream in, byte[] target) throws IOException {
    int indexBits = in.readUnsignedByte();
    if (indexBits < 1 || indexBits > 8) {
      throw FailedInput.damaged("its image data starts with a code size of " + indexBits);
    }
    GifLzw codes = new GifLzw(in);
    int filled = codes.decode(indexBits, target);
    if (filled < target.length) {
      throw FailedInput.damaged(
          "its image data ends after " + filled + " of " + target.length + " pixels");
    }
    while (codes.nextBlock()) {
      // Data after the last pixel is ignored.
    }
  }

  private int decode(int indexBits, byte[] target) throws IOException {
    int clear = 1 << indexBits;
    int end = clear + 1;
    // A code denotes the string of an earlier code plus one index.
    short[] prefix = new short[1 << MAX_BITS];
    byte[] last = new byte[1 << MAX_BITS];
    byte[] first = new byte[1 << MAX_BITS];
    int[] length = new int[1 << MAX_BITS];
    for (int i = 0; i < clear; i++) {
      last[i] = first[i] = (byte) i;
      length[i] = 1;
    }
    int next = end + 1;
    int width = indexBits + 1;
    int previous = -1;
    int out = 0;
    while (out < target.length) {
      int code = code(width);
      if (code < 0 || code == end) {
        return out;
      }
      if (code == clear) {
        next = end + 1;
        width = indexBits + 1;
        previous = -1;
        continue;
      }
      if (code > next || code == next && previous < 0 || previous < 0 && code >= clear) {
        throw FailedInput.damaged("its image data has a code that is not defined, at pixel " + out);
      }
      if (previous >= 0 && next < 1 << MAX_BITS) {
        prefix[next] = (short) previous;
        first[next] = first[previous];
        last[next] = first[code == next ? previous : code];
        length[next] = length[previous] + 1;
        next++;
        if (next == 1 << width && width < MAX_BITS) {
          width++;
        }
      } else if (code >= next) {
        throw FailedInput.damaged("its image data has a code that is not defined, at pixel " + out);
      }
      int stop = out + length[code];
      for (int at = stop - 1, c = code; at >= out; at--) {
        if (at < target.length) {
          target[at] = last[c];
        }
        c = prefix[c];
      }
      out = stop;
      previous = code;
    }
    return out;
  }

  /** The next code, or -1 at the end of the data. */
  private int code(int width) throws IOException {
    while (bitCount < width) {
      if (blockAt == blockLength && !nextBlock()) {
        return -1;
      }
      bits |= (block[blockAt++] & 0xFF) << bitCount;
      bitCount += 8;
    }
    int code = bits & (1 << width) - 1;
    bits >>>= width;
    bitCount -= width;
    return code;
  }

  private boolean nextBlock() throws IOException {
    if (ended) {
      return false;
    }
    int length;
    try {
      length = in.readUnsignedByte();
      in.readFully(block, 0, length);
    } catch (EOFException e) {
      length = 0; // as at the end; whether all pixels are there is judged by their number
    }
    blockLength = length;
    blockAt = 0;
    ended = length == 0;
    return !ended;
  }
}
