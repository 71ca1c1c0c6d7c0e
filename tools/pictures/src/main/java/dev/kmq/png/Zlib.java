package dev.kmq.png;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Inflates small zlib streams (RFC 1950). */
final class Zlib {
  private Zlib() {}

  /**
   * The inflated bytes of a stream that begins at an offset.
   *
   * @return null if it is damaged or has more bytes than {@code most}
   */
  static byte @Nullable [] inflate(byte[] data, int from, int most) {
    InputStream deflated = new ByteArrayInputStream(data, from, data.length - from);
    try (InputStream in = new InflaterInputStream(deflated)) {
      byte[] found = in.readNBytes(most + 1);
      return found.length > most ? null : found;
    } catch (IOException e) {
      return null;
    }
  }
}
