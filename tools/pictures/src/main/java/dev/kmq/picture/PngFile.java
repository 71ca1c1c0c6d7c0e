package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG file. Damaged and misplaced ones are handled as in libpng: critical ones are
 * errors, ancillary ones are ignored.
 */
final class PngFile {
  private static final int SIGNATURE_BYTES = 8;
  static final int GREY = 0;
  static final int RGB = 2;
  static final int INDEXED = 3;
  static final int ALPHA = 4;
  private static final int HEADER_BYTES = 13;

  private static final byte[] IEND = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82
  };

  /** Maximum size of a palette or its alpha. */
  private static final int MAX_BYTES = 3 * 256;

  private final ImageInputStream in;
  private final Limits limits;
  private final @Nullable Input input;
  private final Splice critical;
  private final List<PngLines.Part> parts = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private int width;
  private int height;
  private int depth;
  private int colorType = -1;
  private byte @Nullable [] palette;
  private byte @Nullable [] transparency;
  private boolean pixels;
  private boolean animated;
  private boolean interlaced;

  private PngFile(@Nullable Input input, ImageInputStream in, Limits limits) {
    this.input = input;
    this.in = in;
    this.limits = limits;
    this.critical = new Splice(in);
  }

  /**
   * Reads all chunks.
   *
   * @param input the file, or null if there is nothing but the stream
   * @param in a stream of the input, at any position
   */
  static PngFile read(@Nullable Input input, ImageInputStream in, Limits limits)
      throws IOException {
    PngFile file = new PngFile(input, in, limits);
    file.read();
    return file;
  }

  private void read() throws IOException {
    in.seek(0);
    in.skipBytes(SIGNATURE_BYTES);
    critical.add(0, SIGNATURE_BYTES);
    while (chunk()) {
      // The call does the work.
    }
    critical.end(IEND); // which the file may lack
    if (!pixels) {
      throw damaged("it has no IDAT chunk");
    }
    announceFrames();
    if (colorType == INDEXED && palette == null) {
      throw damaged("it has no PLTE chunk");
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Bits of a sample. */
  int depth() {
    return depth;
  }

  int colorType() {
    return colorType;
  }

  /** Samples of a pixel. */
  int samples() {
    return switch (colorType) {
      case RGB -> 3;
      case RGB + ALPHA -> 4;
      case GREY + ALPHA -> 2;
      default -> 1;
    };
  }

  /** The data of the tRNS chunk, or null. */
  byte @Nullable [] transparency() {
    return transparency;
  }

  /** Messages on what is wrong, to which decoding adds. */
  List<String> warnings() {
    return warnings;
  }

  /** The critical chunks as a file. */
  ImageInputStream critical() {
    return critical;
  }

  /**
   * Where the rows are, or null if they cannot be read one after another.
   *
   * @param released whether the input is released after each pass
   */
  PngLines.@Nullable Layout lines(boolean released) {
    Input from = input;
    return from == null || interlaced
        ? null
        : new PngLines.Layout(from, released, parts, depth, samples());
  }

  /** The palette of indexed pixels. */
  int[] palette() {
    byte[] colors = palette;
    byte[] alphas = transparency;
    int[] argb = new int[colors == null ? 0 : colors.length / 3];
    for (int i = 0; colors != null && i < argb.length; i++) {
      int alpha = alphas == null || i >= alphas.length ? 255 : alphas[i] & 0xFF;
      argb[i] =
          alpha << 24
              | (colors[3 * i] & 0xFF) << 16
              | (colors[3 * i + 1] & 0xFF) << 8
              | colors[3 * i + 2] & 0xFF;
    }
    return argb;
  }

  /** Takes one chunk; false after the last one. */
  private boolean chunk() throws IOException {
    long start = in.getStreamPosition();
    byte[] head = new byte[8];
    if (!fill(head)) {
      if (pixels) {
        // Accepted as in browsers; the reader checks whether the pixels are complete.
        warnings.add("the file ends without an IEND chunk");
        return false;
      }
      throw damaged("it is truncated");
    }
    long length =
        (head[0] & 0xFFL) << 24 | (head[1] & 0xFF) << 16 | (head[2] & 0xFF) << 8 | head[3] & 0xFF;
    String type = new String(head, 4, 4, StandardCharsets.ISO_8859_1);
    long end = start + 12 + length;
    switch (type) {
      case "IHDR" -> header(bytes(type, head, length));
      case "PLTE" -> palette(bytes(type, head, length), start, end);
      case "IDAT" -> {
        requireHeader();
        checkPixels(head, length);
        pixels = true;
        parts.add(new PngLines.Part(start + 8, length));
        critical.add(start, end);
      }
      case "IEND" -> {
        return false;
      }
      case "tRNS" -> transparency(ancillary(type, head, length));
      case "acTL" -> {
        byte[] data = ancillary(type, head, length);
        if (data != null && data.length == 8 && !pixels) {
          animated = true;
        }
      }
      default -> {
        if (!isType(type) && pixels && animated) {
          return false; // damages frames only
        }
        if (!isType(type)) {
          throw damaged("no chunk at offset " + start);
        }
        if ((head[4] & 0x20) == 0) {
          throw FailedInput.notSupported("PNG with the critical chunk " + type);
        }
      }
    }
    in.seek(end);
    return true;
  }

  /** Whether characters may be the type of a chunk. */
  static boolean isType(String type) {
    return type.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z');
  }

  private void header(byte[] data) throws FailedInput {
    if (colorType >= 0 || data.length != HEADER_BYTES) {
      throw damaged("its IHDR chunk is wrong");
    }
    width = int32(data, 0);
    height = int32(data, 4);
    depth = data[8];
    colorType = data[9];
    interlaced = data[12] != 0;
    boolean valid =
        switch (colorType) {
          case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case INDEXED -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case RGB, GREY + ALPHA, RGB + ALPHA -> depth == 8 || depth == 16;
          default -> false;
        };
    if (width <= 0
        || height <= 0
        || !valid
        || data[10] != 0
        || data[11] != 0
        || (data[12] & 0xFE) != 0) {
      throw damaged("its IHDR chunk is wrong");
    }
    PixelLimit.check(width, height, limits);
    critical.add(SIGNATURE_BYTES, SIGNATURE_BYTES + 12 + HEADER_BYTES);
  }

  private void requireHeader() throws FailedInput {
    if (colorType < 0) {
      throw damaged("it does not start with an IHDR chunk");
    }
  }

  private void palette(byte[] data, long start, long end) throws FailedInput {
    requireHeader();
    if (colorType != INDEXED) {
      return; // a suggestion for screens of few colours
    }
    if (palette != null || pixels || data.length == 0 || data.length % 3 != 0) {
      throw damaged("its PLTE chunk is wrong");
    }
    palette = Arrays.copyOf(data, Math.min(data.length, 3 << depth));
    critical.add(start, end);
  }

  private void transparency(byte @Nullable [] data) {
    byte[] colors = palette;
    if (data == null || colorType < 0) {
      return;
    }
    boolean valid =
        !pixels
            && transparency == null
            && switch (colorType) {
              case GREY -> data.length == 2;
              case RGB -> data.length == 6;
              case INDEXED -> data.length > 0 && colors != null && data.length <= colors.length / 3;
              default -> false;
            };
    if (valid) {
      transparency = data;
    } else {
      warnings.add("the tRNS chunk is not valid and is ignored");
    }
  }

  private void announceFrames() throws IOException {
    if (!animated) {
      return;
    }
    try {
      PngAnimation animation = PngAnimation.open(in, limits);
      if (animation != null) {
        warnings.addAll(Frames.notKept(animation));
      }
    } catch (FailedInput e) {
      warnings.add(
          Frames.ONLY
              + "still image is kept; the animation is damaged (%s)"
                  .formatted(FailedInput.reason(e)));
    }
  }

  /** The data of a critical chunk; its checksum must match. */
  private byte[] bytes(String type, byte[] head, long length) throws IOException {
    if (length > MAX_BYTES) {
      throw damaged("its chunk " + type + " is too long");
    }
    byte[] data = new byte[(int) length];
    byte[] stored = new byte[4];
    if (!fill(data) || !fill(stored)) {
      throw damaged("it is truncated");
    }
    CRC32 crc = new CRC32();
    crc.update(head, 4, 4);
    crc.update(data);
    if ((int) crc.getValue() != int32(stored, 0)) {
      throw wrongChecksum(type);
    }
    return data;
  }

  /** The data of an ancillary chunk, or null with a warning if the chunk is damaged. */
  private byte @Nullable [] ancillary(String type, byte[] head, long length) throws IOException {
    try {
      return bytes(type, head, length);
    } catch (FailedInput e) {
      warnings.add("the " + type + " chunk is damaged and is ignored");
      return null;
    }
  }

  /** Verifies the checksum of an IDAT chunk; a truncated one is left to the reader. */
  private void checkPixels(byte[] head, long length) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(head, 4, 4);
    byte[] buffer = new byte[1 << 14];
    for (long left = length; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw damaged("it is truncated");
      }
      crc.update(buffer, 0, n);
      left -= n;
    }
    byte[] stored = new byte[4];
    if (!fill(stored)) {
      throw damaged("it is truncated");
    }
    if ((int) crc.getValue() != int32(stored, 0)) {
      throw wrongChecksum("IDAT");
    }
  }

  private boolean fill(byte[] target) throws IOException {
    for (int at = 0; at < target.length; ) {
      int n = in.read(target, at, target.length - at);
      if (n < 0) {
        return false;
      }
      at += n;
    }
    return true;
  }

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  private static FailedInput wrongChecksum(String type) {
    return damaged("the checksum of its " + type + " chunk is wrong");
  }

  private static FailedInput damaged(String what) {
    return FailedInput.damaged(what);
  }
}
