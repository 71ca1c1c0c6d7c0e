package dev.kmq.png;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG file. Damaged and misplaced ones are handled as in libpng: critical ones are
 * errors, ancillary ones are ignored.
 */
public final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 137, 'P', 'N', 'G', '\r', '\n', 26, '\n'};

  /** Bytes of a chunk before and after its data. */
  private static final int FRAME_BYTES = 12;

  /** Maximum size of a palette or its alpha. */
  private static final int MAX_COLOR_BYTES = 3 * 256;

  /** Maximum size of another chunk that is kept. */
  private static final int MAX_KEPT_BYTES = 16 << 20;

  private static final int OPAQUE = 0xFF000000;

  /** Where a part of the compressed pixels is. */
  private static final class Part {
    private final long start;
    private final long length;

    Part(long start, long length) {
      this.start = start;
      this.length = length;
    }
  }

  private final PngSource source;
  private final PngCursor in;
  private final List<String> wanted;
  private final Map<String, byte[]> kept = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable PngHeader found;
  private byte @Nullable [] palette;
  private byte @Nullable [] transparency;
  private boolean animated;

  /** Whether the file ends in the chunk that was read last. */
  private boolean truncated;

  private PngFile(PngSource source, List<String> wanted) {
    this.source = source;
    this.in = new PngCursor(source, SIGNATURE.length);
    this.wanted = wanted;
  }

  /** Whether bytes start like a PNG file. */
  public static boolean isPng(byte[] bytes) {
    return bytes.length >= SIGNATURE.length
        && Arrays.equals(Arrays.copyOf(bytes, SIGNATURE.length), SIGNATURE);
  }

  /**
   * Reads all chunks.
   *
   * @param wanted types of further chunks whose data is kept; all but {@code eXIf} count only
   *     before the pixels
   */
  public static PngFile read(PngSource source, List<String> wanted) throws IOException {
    PngFile file = new PngFile(source, wanted);
    while (file.chunk()) {
      // The call does the work.
    }
    if (!file.hasPixels()) {
      throw source.damaged("it has no IDAT chunk");
    }
    if (file.header().isIndexed() && file.palette == null) {
      throw source.damaged("it has no PLTE chunk");
    }
    return file;
  }

  /** Size and kind of the image. */
  public PngHeader header() {
    PngHeader header = found;
    if (header == null) {
      throw new IllegalStateException("no header has been read");
    }
    return header;
  }

  /** Whether the file announces frames before its pixels. */
  public boolean isAnimated() {
    return animated;
  }

  /** The data of the first intact chunk of each type that was wanted. */
  public Map<String, byte[]> kept() {
    return kept;
  }

  /** Messages on what is wrong, as phrases; decoding adds to them. */
  public List<String> warnings() {
    return warnings;
  }

  /** ARGB of the palette of indexed pixels. */
  public int[] palette() {
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

  /** The samples of the transparent colour of pixels that are not indexed, or null. */
  public int @Nullable [] key() {
    byte[] key = transparency;
    if (key == null || header().isIndexed()) {
      return null;
    }
    int[] samples = new int[header().samples()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = ((key[2 * i] & 0xFF) << 8 | key[2 * i + 1] & 0xFF) & (1 << header().depth()) - 1;
    }
    return samples;
  }

  /** ARGB of all greys of a depth of up to 8 bits; the transparent one has alpha 0. */
  public int[] greys() {
    int[] argb = new int[1 << header().depth()];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = OPAQUE | i * (255 / (argb.length - 1)) * 0x010101;
    }
    int[] key = key();
    if (key != null) {
      argb[key[0]] &= ~OPAQUE;
    }
    return argb;
  }

  /** Starts to read the rows. */
  public PngRowReader rows() {
    return new PngRowReader(header(), source, new Compressed());
  }

  /** The data of all IDAT chunks. */
  private final class Compressed extends InputStream {
    private int part;
    private long done;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      while (part < parts.size() && done == parts.get(part).length) {
        part++;
        done = 0;
      }
      if (part == parts.size()) {
        return -1;
      }
      Part from = parts.get(part);
      int most = (int) Math.min(count, from.length - done);
      int n = source.read(from.start + done, target, offset, most);
      done += Math.max(n, 0);
      return n;
    }
  }

  private boolean hasPixels() {
    return !parts.isEmpty();
  }

  /** Takes one chunk; false after the last one. */
  private boolean chunk() throws IOException {
    long start = in.position();
    byte[] head = new byte[8];
    if (!in.fill(head)) {
      if (!hasPixels()) {
        throw source.damaged("it is truncated");
      }
      // Accepted as in browsers; reading the rows shows whether they are complete.
      warnings.add("the file ends without an IEND chunk");
      return false;
    }
    long length = PngHeader.int32(head, 0) & 0xFFFFFFFFL;
    String type = type(head);
    switch (type) {
      case "IHDR" -> header(critical(type, head, length));
      case "PLTE" -> palette(critical(type, head, length));
      case "IDAT" -> pixels(head, start, length);
      case "IEND" -> {
        return false;
      }
      case "tRNS" -> transparency(ancillary(type, head, length, MAX_COLOR_BYTES));
      case "acTL" -> {
        byte[] data = ancillary(type, head, length, MAX_COLOR_BYTES);
        animated |= data != null && data.length == 8 && !hasPixels();
      }
      default -> {
        if (!isType(type) && hasPixels() && animated) {
          return false; // damages frames only
        }
        if (!isType(type)) {
          throw source.damaged("no chunk at offset " + start);
        }
        if ((head[4] & 0x20) == 0) {
          throw source.unknownChunk(type);
        }
        if (wanted.contains(type) && (!hasPixels() || type.equals("eXIf"))) {
          byte[] data = ancillary(type, head, length, MAX_KEPT_BYTES);
          if (data != null) {
            kept.putIfAbsent(type, data);
          }
        }
      }
    }
    in.seek(start + FRAME_BYTES + length);
    return true;
  }

  private static String type(byte[] head) {
    char[] type = new char[4];
    for (int i = 0; i < 4; i++) {
      type[i] = (char) (head[4 + i] & 0xFF);
    }
    return new String(type);
  }

  /** Whether characters may be the type of a chunk. */
  public static boolean isType(String type) {
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      if (!(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
        return false;
      }
    }
    return true;
  }

  private void header(byte[] data) throws IOException {
    PngHeader header = found == null ? PngHeader.of(data) : null;
    if (header == null) {
      throw source.damaged("its IHDR chunk is wrong");
    }
    source.checkSize(header.width(), header.height());
    found = header;
  }

  private PngHeader required() throws IOException {
    if (found == null) {
      throw source.damaged("it does not start with an IHDR chunk");
    }
    return found;
  }

  private void palette(byte[] data) throws IOException {
    PngHeader header = required();
    if (!header.isIndexed()) {
      return; // a suggestion for screens of few colours
    }
    if (palette != null || hasPixels() || data.length == 0 || data.length % 3 != 0) {
      throw source.damaged("its PLTE chunk is wrong");
    }
    palette = Arrays.copyOf(data, Math.min(data.length, 3 << header.depth()));
  }

  private void transparency(byte @Nullable [] data) {
    byte[] colors = palette;
    PngHeader header = found;
    if (data == null || header == null) {
      return;
    }
    boolean valid =
        !hasPixels()
            && transparency == null
            && switch (header.colorType()) {
              case PngHeader.GREY -> data.length == 2;
              case PngHeader.RGB -> data.length == 6;
              case PngHeader.INDEXED ->
                  data.length > 0 && colors != null && data.length <= colors.length / 3;
              default -> false;
            };
    if (valid) {
      transparency = data;
    } else {
      warnings.add("the tRNS chunk is not valid and is ignored");
    }
  }

  /** Verifies the checksum of an IDAT chunk. */
  private void pixels(byte[] head, long start, long length) throws IOException {
    required();
    CRC32 crc = new CRC32();
    crc.update(head, 4, 4);
    byte[] stored = new byte[4];
    if (!in.pass(length, crc) || !in.fill(stored)) {
      throw source.damaged("it is truncated");
    }
    if ((int) crc.getValue() != PngHeader.int32(stored, 0)) {
      throw wrongChecksum("IDAT");
    }
    parts.add(new Part(start + 8, length));
  }

  /** The data of a critical chunk. */
  private byte[] critical(String type, byte[] head, long length) throws IOException {
    if (length > MAX_COLOR_BYTES) {
      throw source.damaged("its chunk " + type + " is too long");
    }
    byte[] data = data(head, (int) length);
    if (data == null) {
      throw truncated ? source.damaged("it is truncated") : wrongChecksum(type);
    }
    return data;
  }

  /** The data of an ancillary chunk, or null with a warning if the chunk is damaged. */
  private byte @Nullable [] ancillary(String type, byte[] head, long length, int most)
      throws IOException {
    byte[] data = length > most ? null : data(head, (int) length);
    if (data == null) {
      warnings.add("the " + type + " chunk is damaged and is ignored");
    }
    return data;
  }

  /** The data of a chunk, or null if it is truncated or its checksum is wrong. */
  private byte @Nullable [] data(byte[] head, int length) throws IOException {
    byte[] data = new byte[length];
    byte[] stored = new byte[4];
    truncated = !in.fill(data) || !in.fill(stored);
    CRC32 crc = new CRC32();
    crc.update(head, 4, 4);
    crc.update(data, 0, length);
    return truncated || (int) crc.getValue() != PngHeader.int32(stored, 0) ? null : data;
  }

  private IOException wrongChecksum(String type) {
    return source.damaged("the checksum of its " + type + " chunk is wrong");
  }
}
