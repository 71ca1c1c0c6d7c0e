package dev.kmq.picture;

import dev.kmq.png.MatrixProfile;
import dev.kmq.png.PngColor;
import dev.kmq.png.Primaries;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** The colour space of BMP headers since version 4 (BITMAPV4HEADER, BITMAPV5HEADER). */
final class BmpColor {
  private static final int FILE_HEADER_BYTES = 14;
  private static final int V4_BYTES = 108;
  private static final int V5_BYTES = 124;
  private static final int MAX_PROFILE_BYTES = 16 << 20;

  private static final int CALIBRATED = 0;
  private static final int EMBEDDED = 0x4D424544;
  private static final int LINKED = 0x4C494E4B;

  private BmpColor() {}

  /** The embedded profile, or one built from primaries and gamma; null for sRGB. */
  static byte @Nullable [] profile(ImageInputStream in, List<String> warnings) throws IOException {
    try {
      in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
      in.seek(FILE_HEADER_BYTES);
      int size = in.readInt();
      if (size < V4_BYTES) {
        return null;
      }
      in.seek(FILE_HEADER_BYTES + 56);
      int space = in.readInt();
      if (space == CALIBRATED) {
        return calibrated(in, warnings);
      }
      if (size >= V5_BYTES && space == EMBEDDED) {
        return embedded(in, warnings);
      }
      if (size >= V5_BYTES && space == LINKED) {
        warnings.add("the ICC profile is in another file and is ignored");
      }
      return null;
    } catch (EOFException e) {
      warnings.add(PngColor.DAMAGED_PROFILE);
      return null;
    }
  }

  /** XYZ of the primaries and three exponents, all zero if unknown; white is D65. */
  private static byte @Nullable [] calibrated(ImageInputStream in, List<String> warnings)
      throws IOException {
    double[] xy = new double[6];
    boolean zero = true;
    for (int i = 0; i < 3; i++) {
      double x = in.readInt();
      double y = in.readInt();
      double sum = x + y + in.readInt();
      zero &= sum == 0;
      xy[2 * i] = x / sum;
      xy[2 * i + 1] = y / sum;
    }
    long gamma = in.readUnsignedInt();
    long greenGamma = in.readUnsignedInt();
    long blueGamma = in.readUnsignedInt();
    boolean same = gamma == greenGamma && gamma == blueGamma;
    if (zero || gamma == 0) {
      return null;
    }
    double exponent = gamma / 65536.0;
    Primaries primaries = Primaries.ofD65(xy[0], xy[1], xy[2], xy[3], xy[4], xy[5]);
    if (!same || !MatrixProfile.isGamma(exponent) || !primaries.isValid()) {
      warnings.add("the primaries and gammas of the header are not supported and are ignored");
      return null;
    }
    return MatrixProfile.ofGamma("BMP calibrated RGB", primaries, exponent);
  }

  private static byte @Nullable [] embedded(ImageInputStream in, List<String> warnings)
      throws IOException {
    in.seek(FILE_HEADER_BYTES + 112);
    long offset = in.readUnsignedInt();
    long length = in.readUnsignedInt();
    if (length > MAX_PROFILE_BYTES) {
      warnings.add(PngColor.DAMAGED_PROFILE);
      return null;
    }
    byte[] profile = new byte[(int) length];
    in.seek(FILE_HEADER_BYTES + offset);
    in.readFully(profile);
    return profile;
  }
}
