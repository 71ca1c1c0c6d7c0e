package dev.kmq.picture;

import dev.kmq.file.Input;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/**
 * The metadata chunks of a PNG file as a PNG without pixels, which a metadata library reads in
 * bounded memory. Damaged chunks and those that inflate beyond a limit are dropped.
 */
final class PngAncillary {
  /** Maximum inflated size of all chunks together. */
  static final int MAX_BYTES = 16 << 20;

  private static final Set<String> COLOR =
      Set.of("IHDR", "PLTE", "iCCP", "gAMA", "cHRM", "sRGB", "cICP");
  private static final Set<String> REST = Set.of("pHYs", "tEXt", "zTXt", "iTXt");
  private static final int SIGNATURE_BYTES = 8;

  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
  private final List<String> warnings = new ArrayList<>();
  private long bytes;
  private boolean pixels;

  private PngAncillary() {}

  /**
   * Reads the chunks of a file.
   *
   * @param all whether resolution and text are read, in addition to colour and orientation
   */
  static PngAncillary of(Input input, boolean all) throws IOException {
    PngAncillary found = new PngAncillary();
    try (DataInputStream in = new DataInputStream(input.open())) {
      found.chunks.writeBytes(in.readNBytes(SIGNATURE_BYTES));
      while (found.take(in, all)) {
        // The call does the work.
      }
    } catch (EOFException e) {
      // A truncated file has the chunks found so far.
    }
    found.write("IEND", new byte[0]);
    return found;
  }

  /** Takes one chunk; false after the last one. */
  private boolean take(DataInputStream in, boolean all) throws IOException {
    long length = in.readInt() & 0xFFFFFFFFL;
    String type = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
    pixels |= type.equals("IDAT");
    // Chunks that define the samples precede them.
    boolean wanted =
        COLOR.contains(type) && !pixels || type.equals("eXIf") || all && REST.contains(type);
    if (!wanted || bytes + length > MAX_BYTES) {
      if (wanted) {
        tooLarge(type);
      }
      in.skipNBytes(length + 4);
      return !type.equals("IEND");
    }
    byte[] data = in.readNBytes((int) length);
    int stored = in.readInt();
    if (crc(type, data) != stored) {
      if (!type.equals("IHDR") && !type.equals("PLTE")) {
        warnings.add("the " + type + " chunk is damaged and is ignored");
      }
      return true;
    }
    long inflated = inflated(type, data);
    if (bytes + length + inflated > MAX_BYTES) {
      tooLarge(type);
      return true;
    }
    bytes += length + inflated;
    write(type, data);
    return true;
  }

  private void tooLarge(String type) {
    String warning = type + " is dropped: metadata would exceed " + (MAX_BYTES >> 20) + " MiB";
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /** Inflated size of the compressed part of a chunk, counted up to just above the limit. */
  private static long inflated(String type, byte[] data) {
    int start = compressedPart(type, data);
    if (start < 0) {
      return 0;
    }
    byte[] sink = new byte[1 << 13];
    long total = 0;
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(data, start, data.length - start))) {
      for (int n = in.read(sink); n >= 0 && total <= MAX_BYTES; n = in.read(sink)) {
        total += n;
      }
    } catch (IOException e) {
      // Damaged data does not inflate further.
    }
    return total;
  }

  /** Offset of the deflated data in a chunk, or -1. */
  private static int compressedPart(String type, byte[] data) {
    int nul = 0;
    while (nul < data.length && data[nul] != 0) {
      nul++;
    }
    int start;
    if (type.equals("zTXt") || type.equals("iCCP")) {
      start = nul + 2;
    } else if (type.equals("iTXt") && nul + 2 < data.length && data[nul + 1] == 1) {
      start = nul + 3;
      for (int strings = 0; strings < 2; strings++) {
        while (start < data.length && data[start] != 0) {
          start++;
        }
        start++;
      }
    } else {
      return -1;
    }
    return start < data.length ? start : -1;
  }

  private static int crc(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
    crc.update(data);
    return (int) crc.getValue();
  }

  private void write(String type, byte[] data) {
    chunks.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    chunks.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
    chunks.writeBytes(data);
    chunks.writeBytes(ByteBuffer.allocate(4).putInt(crc(type, data)).array());
  }

  /** The chunks between a signature and IEND. */
  InputStream stream() {
    return new ByteArrayInputStream(chunks.toByteArray());
  }

  /** Messages about dropped chunks. */
  List<String> warnings() {
    return warnings;
  }
}
