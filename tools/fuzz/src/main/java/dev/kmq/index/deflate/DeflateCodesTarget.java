package dev.kmq.index.deflate;

import dev.kmq.deflate.StreamBits;
import dev.kmq.index.PayloadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * DEFLATE streams: the inflater accepts them or gives a reason, and parsing an accepted stream
 * accounts for every bit.
 */
public final class DeflateCodesTarget {
  private static final int MOST = 1 << 16;

  private DeflateCodesTarget() {}

  /** Inflates bytes, and parses them if they are a whole stream. */
  public static void run(byte[] data) throws IOException {
    try (RawInflater in = new RawInflater(new ByteArrayInputStream(data), MOST)) {
      if (in.readNBytes(MOST + 1).length > MOST) {
        return;
      }
    } catch (PayloadException e) {
      return;
    }
    double[] bits = new double[StreamBits.PARTS.size()];
    StreamBits.add(data, bits);
    if (Arrays.stream(bits).sum() != 8.0 * data.length
        || Arrays.stream(bits).anyMatch(part -> part < 0)) {
      throw new AssertionError("parts " + Arrays.toString(bits) + " of " + data.length + " bytes");
    }
  }
}
