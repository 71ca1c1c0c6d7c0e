package dev.kmq.png;

import dev.kmq.png.MatrixProfile.Curve;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The colour space of a PNG file, from the first usable one of cICP, iCCP, sRGB, and gAMA with cHRM
 * (PNG, third edition, 4.3). Unusable chunks are ignored with a warning, as in browsers.
 */
public final class PngColor {
  /** The warning about an unreadable profile. */
  public static final String DAMAGED_PROFILE = "the ICC profile is damaged and is ignored";

  /** Maximum size of a profile. */
  static final int MAX_PROFILE_BYTES = 16 << 20;

  private static final double UNIT = 100_000;

  private static final int TRANSFER_PQ = 16;
  private static final int TRANSFER_HLG = 18;
  private static final int HIGHEST_INTENT = 3;

  /** What reads embedded profiles. */
  @FunctionalInterface
  public interface ProfileReader {
    /** Whether a profile can be used; if not, adds a warning with the reason. */
    boolean isUsable(byte[] profile, List<String> warnings);
  }

  private final Map<String, byte[]> chunks;
  private final ProfileReader profiles;
  private final List<String> warnings = new ArrayList<>();
  private byte @Nullable [] profile;
  private @Nullable HdrColor hdr;

  private PngColor(Map<String, byte[]> chunks, ProfileReader profiles) {
    this.chunks = chunks;
    this.profiles = profiles;
  }

  /** Interprets the data of these chunks, by type. */
  public static PngColor of(Map<String, byte[]> chunks, ProfileReader profiles) {
    PngColor color = new PngColor(chunks, profiles);
    if (!color.codePoints() && !color.embedded() && !color.srgb()) {
      color.gamma();
    }
    return color;
  }

  /** The ICC profile, built from the other chunks if there is no iCCP; null for sRGB. */
  public byte @Nullable [] profile() {
    return profile;
  }

  /** The space of an HDR image, or null. */
  public @Nullable HdrColor hdr() {
    return hdr;
  }

  /** Messages about chunks that are ignored or not kept. */
  public List<String> warnings() {
    return warnings;
  }

  private boolean codePoints() {
    byte[] data = chunks.get("cICP");
    if (data == null) {
      return false;
    }
    if (data.length != 4) {
      notValid("cICP");
      return false;
    }
    int transfer = data[1] & 0xFF;
    Primaries primaries = Primaries.ofCode(data[0] & 0xFF);
    Curve curve = curve(transfer);
    boolean hdrTransfer = transfer == TRANSFER_PQ || transfer == TRANSFER_HLG;
    if (primaries == null || data[2] != 0 || data[3] != 1 || curve == null && !hdrTransfer) {
      warnings.add(
          "the colour space of the cICP chunk (%d, %d, %d, %d) is not supported and is ignored"
              .formatted(data[0] & 0xFF, transfer, data[2] & 0xFF, data[3] & 0xFF));
      return false;
    }
    if (curve != null) {
      profile = MatrixProfile.of("PNG cICP", primaries, curve);
    } else {
      hdr = transfer == TRANSFER_PQ ? HdrColor.pq(primaries) : HdrColor.hlg(primaries);
      warnings.add(
          "the image is HDR (%s); it is tone-mapped to sRGB"
              .formatted(transfer == TRANSFER_PQ ? "PQ" : "HLG"));
    }
    return true;
  }

  /** The curve of a code in ITU-T H.273, table 3; null if it is unknown or HDR. */
  private static @Nullable Curve curve(int code) {
    return switch (code) {
      case 1, 6, 11, 14, 15 -> Curve.BT1886;
      case 4 -> Curve.ofExponent(2.2);
      case 5 -> Curve.ofExponent(2.8);
      case 7 -> Curve.SMPTE240;
      case 8 -> Curve.ofExponent(1);
      case 13 -> Curve.SRGB;
      case 17 -> Curve.ST428;
      default -> null;
    };
  }

  private boolean embedded() {
    byte[] data = chunks.get("iCCP");
    if (data == null) {
      return false;
    }
    byte[] found = inflate(data);
    if (found == null) {
      warnings.add(DAMAGED_PROFILE);
      return false;
    }
    if (!profiles.isUsable(found, warnings)) {
      return false;
    }
    profile = found;
    return true;
  }

  /** Inflates the profile after a name, NUL and a method byte; null if it is damaged. */
  private static byte @Nullable [] inflate(byte[] chunk) {
    int nul = 0;
    while (nul < chunk.length && chunk[nul] != 0) {
      nul++;
    }
    if (nul + 2 >= chunk.length || chunk[nul + 1] != 0) {
      return null;
    }
    return Zlib.inflate(chunk, nul + 2, MAX_PROFILE_BYTES);
  }

  private boolean srgb() {
    byte[] data = chunks.get("sRGB");
    if (data == null) {
      return false;
    }
    if (data.length != 1 || data[0] < 0 || data[0] > HIGHEST_INTENT) {
      notValid("sRGB");
      return false;
    }
    return true;
  }

  /** cHRM alone means sRGB, as it does in browsers. */
  private void gamma() {
    byte[] data = chunks.get("gAMA");
    if (data == null) {
      return;
    }
    int gamma = data.length == 4 ? ByteBuffer.wrap(data).getInt() : 0;
    if (!MatrixProfile.isGamma(UNIT / gamma)) {
      notValid("gAMA");
      return;
    }
    Primaries primaries = Primaries.SRGB;
    byte[] chromaticities = chunks.get("cHRM");
    if (chromaticities != null) {
      primaries = primaries(chromaticities);
      if (primaries == null) {
        warnings.add("the cHRM chunk is not valid; it and the gAMA chunk are ignored");
        return;
      }
    }
    profile = MatrixProfile.ofGamma("PNG gAMA, cHRM", primaries, UNIT / gamma);
  }

  private static @Nullable Primaries primaries(byte[] data) {
    if (data.length != 32) {
      return null;
    }
    double[] values = new double[8];
    for (int i = 0; i < values.length; i++) {
      values[i] = ByteBuffer.wrap(data).getInt(4 * i) / UNIT;
    }
    Primaries primaries =
        new Primaries(
            values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
    return primaries.isValid() ? primaries : null;
  }

  private void notValid(String type) {
    warnings.add("the " + type + " chunk is not valid and is ignored");
  }
}
