package dev.kmq.picture;

import dev.kmq.file.FailedInput;

/** The header of a VP8 key frame (RFC 6386, section 9), as far as decoding depends on it. */
final class Vp8Header {
  private static final int TAG_BYTES = 10;
  private static final int SEGMENTS = 4;

  private final byte[] data;
  private final int width;
  private final int height;
  private int at = TAG_BYTES;
  private int range = 255;
  private int value;
  private int shift;

  private int chromaIndex;

  private Vp8Header(byte[] data) throws FailedInput {
    this.data = data;
    boolean key =
        data.length > TAG_BYTES
            && (data[0] & 1) == 0
            && (data[3] & 0xFF) == 0x9D
            && data[4] == 1
            && data[5] == 0x2A;
    if (!key) {
      throw FailedInput.damaged("its VP8 data does not start with a key frame");
    }
    width = (data[6] & 0xFF | data[7] << 8) & 0x3FFF;
    height = (data[8] & 0xFF | data[9] << 8) & 0x3FFF;
    if (width == 0 || height == 0) {
      throw FailedInput.damaged("its VP8 image is %dx%d pixels".formatted(width, height));
    }
    value = next() << 8 | next();
  }

  static Vp8Header of(byte[] data) throws FailedInput {
    Vp8Header header = new Vp8Header(data);
    header.read();
    return header;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The largest index of a quantiser for the mean of chroma blocks, 0 to 127. */
  int chromaIndex() {
    return chromaIndex;
  }

  private void read() {
    bits(2); // colour space and clamping
    int[] quantizers = new int[SEGMENTS];
    boolean absolute = false;
    boolean segments = bits(1) == 1;
    if (segments) {
      boolean map = bits(1) == 1;
      if (bits(1) == 1) {
        absolute = bits(1) == 1;
        for (int i = 0; i < SEGMENTS; i++) {
          quantizers[i] = optional(7);
        }
        for (int i = 0; i < SEGMENTS; i++) {
          optional(6); // level of the filter
        }
      }
      for (int i = 0; map && i < SEGMENTS - 1; i++) {
        if (bits(1) == 1) {
          bits(8);
        }
      }
    }
    bits(1); // kind of the filter
    bits(6); // its level
    bits(3); // sharpness
    boolean adjusted = bits(1) == 1;
    if (adjusted && bits(1) == 1) {
      for (int i = 0; i < 8; i++) {
        optional(6); // adjustments by kinds of blocks
      }
    }
    bits(2); // partitions
    int base = bits(7);
    optional(4);
    optional(4);
    optional(4);
    int chroma = optional(4);
    for (int i = 0; i < SEGMENTS; i++) {
      int quantizer = absolute ? quantizers[i] : base + quantizers[i];
      quantizer = segments ? quantizer : base;
      chromaIndex = Math.max(chromaIndex, Math.max(0, Math.min(127, quantizer + chroma)));
    }
  }

  /** A signed number of {@code count} bits after a flag, or 0 without it. */
  private int optional(int count) {
    if (bits(1) == 0) {
      return 0;
    }
    int magnitude = bits(count);
    return bits(1) == 1 ? -magnitude : magnitude;
  }

  /** A number whose bits are equally likely, from the arithmetic decoder. */
  private int bits(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      int split = 1 + ((range - 1) * 128 >> 8);
      boolean one = value >= split << 8;
      if (one) {
        range -= split;
        value -= split << 8;
      } else {
        range = split;
      }
      while (range < 128) {
        range <<= 1;
        value <<= 1;
        shift++;
        if (shift == 8) {
          shift = 0;
          value |= next();
        }
      }
      number = number << 1 | (one ? 1 : 0);
    }
    return number;
  }

  private int next() {
    return at < data.length ? data[at++] & 0xFF : 0;
  }
}
