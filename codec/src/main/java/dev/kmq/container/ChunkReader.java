package dev.kmq.container;

import dev.kmq.bytes.Crc32c;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Checksum;

/** Reads and checks the chunks between header and tiles (specification, section Chunks). */
final class ChunkReader {
  private final ByteInput input;
  private final DecodeOptions options;
  private final List<Chunk> chunks = new ArrayList<>();
  private final int colors;
  private final Set<String> once = new HashSet<>();

  /** The bytes before the first NUL of every {@code pALT} so far. */
  private final Set<String> paletteNames = new HashSet<>();

  private long left;
  private long count;

  /** A reader of the chunks of a file with this number of colours. */
  ChunkReader(ByteInput input, DecodeOptions options, int colors) {
    this.input = input;
    this.colors = colors;
    this.options = options;
    this.left = options.limits().maxChunkBytes();
  }

  List<Chunk> read(ColorSpace colorSpace) throws IOException {
    long end = input.position();
    while (readChunk()) {
      end = input.position();
    }
    if (colorSpace == ColorSpace.ICC && !once.contains(Chunk.ICCP)) {
      throw new KmqFormatException(
          RefusalReason.MISSING_ICC_PROFILE,
          "colour space 1 requires an iCCP chunk, but there is none",
          end);
    }
    return chunks;
  }

  private boolean readChunk() throws IOException {
    long start = input.position();
    byte[] typeBytes = new byte[4];
    input.readFully(typeBytes, 0, 4, "a chunk");
    String type = new String(typeBytes, StandardCharsets.ISO_8859_1);
    if (!Chunk.isType(type)) {
      throw new KmqFormatException(
          RefusalReason.CHUNK_TYPE, "not a chunk type: " + printable(type), start);
    }
    Checksum crc = Crc32c.create();
    Format.update(crc, typeBytes);
    int length = input.readInt("a chunk");
    Format.update(crc, length);
    if (!Chunk.isLength(type, length, colors)) {
      throw new KmqFormatException(
          RefusalReason.CHUNK_LENGTH,
          "chunk " + type + " cannot be " + Integer.toUnsignedString(length) + " bytes long",
          start + 4);
    }
    left -= (long) Chunk.FRAME_BYTES + length;
    if (left < 0) {
      throw new KmqFormatException(
          RefusalReason.LIMIT_CHUNK_BYTES,
          String.format(
              Locale.ROOT,
              "the chunks take more than the limit of %,d bytes",
              options.limits().maxChunkBytes()),
          start + 4);
    }
    if (!type.equals(Chunk.END) && ++count > options.limits().maxChunks()) {
      throw new KmqFormatException(
          RefusalReason.LIMIT_CHUNKS,
          "the file has more chunks than the limit of " + options.limits().maxChunks(),
          start);
    }
    String what = "chunk " + type;
    byte[] data = input.readData(length, what);
    Format.update(crc, data);
    long crcAt = input.position();
    if (input.readInt(what) != (int) crc.getValue()) {
      throw new KmqFormatException(
          RefusalReason.CHUNK_CRC, "the checksum of chunk " + type + " is wrong", crcAt);
    }
    if (type.equals(Chunk.END)) {
      return false;
    }
    keep(Chunk.read(type, data), start);
    return true;
  }

  private void keep(Chunk chunk, long start) throws KmqFormatException {
    String type = chunk.type();
    if (!Chunk.isKnown(type)) {
      if (Chunk.isCritical(type)) {
        throw new KmqFormatException(
            RefusalReason.UNKNOWN_CRITICAL_CHUNK,
            "chunk " + type + " is critical and unknown to this reader",
            start);
      }
      if (options.keepUnknownChunks()) {
        chunks.add(chunk);
      }
      return;
    }
    if (!Chunk.isRepeatable(type) && !once.add(type)) {
      throw new KmqFormatException(
          RefusalReason.DUPLICATE_CHUNK, "chunk " + type + " occurs twice", start);
    }
    if (type.equals(Chunk.PALETTE)) {
      requireNewName(chunk, start);
    }
    String fault = chunk.fault();
    if (fault.isEmpty()
        && type.equals(Chunk.PALETTE)
        && PaletteChunk.colors(chunk.dataInPlace()) != colors) {
      fault =
          String.format(
              Locale.ROOT,
              "a pALT chunk must have as many entries as the palette, %d, not %d",
              colors,
              PaletteChunk.colors(chunk.dataInPlace()));
    }
    if (!fault.isEmpty()) {
      throw new KmqFormatException(RefusalReason.CHUNK_DATA, fault, start);
    }
    chunks.add(chunk);
  }

  private void requireNewName(Chunk chunk, long start) throws KmqFormatException {
    byte[] data = chunk.dataInPlace();
    int nul = Chunk.separator(data);
    if (nul >= 0 && !paletteNames.add(new String(data, 0, nul, StandardCharsets.ISO_8859_1))) {
      throw new KmqFormatException(
          RefusalReason.DUPLICATE_CHUNK, "two pALT chunks have the same name", start);
    }
  }

  private static String printable(String type) {
    StringBuilder hex = new StringBuilder("bytes");
    type.chars().forEach(c -> hex.append(String.format(Locale.ROOT, " %02x", c)));
    return hex.toString();
  }
}
