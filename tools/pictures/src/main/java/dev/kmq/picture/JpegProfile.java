package dev.kmq.picture;

import dev.kmq.png.PngColor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ICC profile of a JPEG file, in parts of up to 64 KB in APP2 segments: a name, the part's
 * number from 1, the number of parts, and data (ICC.1, annex B.4). Parts may come in any order.
 */
final class JpegProfile {
  private static final byte[] NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEAD = NAME.length + 2;

  private JpegProfile() {}

  /**
   * The profile, or null if there is none; also null, with a warning, if parts are missing or
   * repeated.
   *
   * @param segments data of all APP2 segments, not only those of profiles
   */
  static byte @Nullable [] of(Iterable<byte[]> segments, List<String> warnings) {
    byte[][] parts = new byte[256][];
    int found = 0;
    int count = 0;
    boolean whole = true;
    for (byte[] segment : segments) {
      if (segment.length < HEAD || !SourceMetadata.startsWith(segment, NAME)) {
        continue;
      }
      int number = segment[NAME.length] & 0xFF;
      int stated = segment[NAME.length + 1] & 0xFF;
      whole &= found == 0 || stated == count;
      count = stated;
      whole &= number >= 1 && number <= count && parts[number] == null;
      parts[number] = segment;
      found++;
    }
    if (found == 0) {
      return null;
    }
    if (!whole || found != count) {
      warnings.add(PngColor.DAMAGED_PROFILE);
      return null;
    }
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    for (int i = 1; i <= count; i++) {
      profile.write(parts[i], HEAD, parts[i].length - HEAD);
    }
    return profile.toByteArray();
  }
}
