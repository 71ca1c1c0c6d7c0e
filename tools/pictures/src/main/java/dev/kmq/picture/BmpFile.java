package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/**
 * A BMP file. The JDK reads it; variants that it does not support are distinguished from damage.
 */
final class BmpFile {
  private static final int HEADER = 14;
  private static final int OS2_HEADER_BYTES = 12;
  private static final int WINDOWS_HEADER_BYTES = 40;
  private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);

  private static final int BIT_FIELDS = 3;

  /** Offsets of the bit field masks and of the offset of the pixels. */
  private static final int MASKS = HEADER + 40;

  private static final int PIXELS = 10;

  private BmpFile() {}

  /** Reads the image from a stream at any position. */
  static Decoded decode(ImageInputStream in, Limits limits) throws IOException {
    try {
      requireSupported(in, limits);
    } catch (EOFException e) {
      throw FailedInput.truncated(e);
    }
    Decoded decoded = OtherFile.decode(in, limits);
    return new Decoded(decoded.image(), true, decoded.reduction(), decoded.warnings());
  }

  private static void requireSupported(ImageInputStream in, Limits limits) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(HEADER);
    int size = in.readInt();
    boolean os2 = size == OS2_HEADER_BYTES;
    long width = os2 ? in.readUnsignedShort() : in.readInt();
    long height = os2 ? in.readUnsignedShort() : in.readInt();
    in.readUnsignedShort(); // planes
    int depth = in.readUnsignedShort();
    if (depth != 0 && !DEPTHS.contains(depth)) {
      throw FailedInput.notSupported("a BMP of " + depth + " bits per pixel");
    }
    if (depth == 24 && width > 0) {
      PixelLimit.check(width, Math.abs(height), limits);
      PixelLimit.checkSamples(width, Math.abs(height), 3); // the JDK's reader calls it damaged
    }
    long compression = size >= WINDOWS_HEADER_BYTES ? in.readUnsignedInt() : 0;
    if (compression == 4 || compression == 5) {
      throw FailedInput.notSupported(
          "a BMP that holds a " + (compression == 4 ? "JPEG" : "PNG") + " image");
    }
    if (compression > BIT_FIELDS) {
      throw FailedInput.notSupported("a BMP compressed by method " + compression);
    }
    if (compression == BIT_FIELDS && depth == 16 && size >= WINDOWS_HEADER_BYTES + 16) {
      in.seek(MASKS + 12);
      if (in.readInt() != 0) {
        throw FailedInput.notSupported("a BMP of 16 bits per pixel with alpha");
      }
    }
    if (depth == 1 || depth == 4) {
      requireTableBeforePixels(in, size, depth);
    }
  }

  /** The JDK treats all bytes between header and pixels as the colour table. */
  private static void requireTableBeforePixels(ImageInputStream in, int size, int depth)
      throws IOException {
    in.seek(PIXELS);
    long table = in.readUnsignedInt() - HEADER - size;
    if (table / (size == OS2_HEADER_BYTES ? 3 : 4) > 1 << depth) {
      throw FailedInput.notSupported("a BMP with a gap between colour table and pixels");
    }
  }
}
