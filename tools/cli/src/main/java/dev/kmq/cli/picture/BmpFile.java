package dev.kmq.cli.picture;

import dev.kmq.cli.file.FailedInput;
import dev.kmq.container.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/** A BMP file. The JDK reads it; kinds that it does not know are told from damage. */
final class BmpFile {
  private static final int HEADER = 14;
  private static final int OS2_HEADER_BYTES = 12;
  private static final int WINDOWS_HEADER_BYTES = 40;
  private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);

  /** None, RLE of 8 and 4 bits, bit fields, JPEG, PNG. */
  private static final int LAST_COMPRESSION = 5;

  private BmpFile() {}

  /** Reads the image from a stream that stands anywhere. */
  static Decoded decode(ImageInputStream in, Limits limits) throws IOException {
    try {
      requireSupported(in);
    } catch (EOFException e) {
      throw new FailedInput("damaged picture: it ends early", e);
    }
    Decoded decoded = OtherFile.decode(in, limits);
    return new Decoded(decoded.image(), true, decoded.reduction(), decoded.warnings());
  }

  private static void requireSupported(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(HEADER);
    int size = in.readInt();
    if (size == OS2_HEADER_BYTES) {
      in.seek(HEADER + 10);
    } else {
      in.seek(HEADER + 14);
    }
    int depth = in.readUnsignedShort();
    if (depth != 0 && !DEPTHS.contains(depth)) {
      throw FailedInput.notSupported("a BMP of " + depth + " bits a pixel");
    }
    long compression = size >= WINDOWS_HEADER_BYTES ? in.readUnsignedInt() : 0;
    if (compression > LAST_COMPRESSION) {
      throw FailedInput.notSupported("a BMP compressed by method " + compression);
    }
  }
}
