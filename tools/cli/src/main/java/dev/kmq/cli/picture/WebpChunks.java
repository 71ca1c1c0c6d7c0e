package dev.kmq.cli.picture;

import dev.kmq.cli.file.FailedInput;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** The chunks of a WebP file, or of a frame in one. */
final class WebpChunks {
  private static final int FILE_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  /**
   * A chunk.
   *
   * @param start of its data
   */
  record Chunk(String type, long start, long length) {}

  private final ImageInputStream in;
  private final List<Chunk> chunks;

  private WebpChunks(ImageInputStream in, List<Chunk> chunks) {
    this.in = in;
    this.chunks = List.copyOf(chunks);
  }

  /** The chunks of a file; the stream must stay open. */
  static WebpChunks ofFile(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    try {
      in.seek(4);
      return within(in, FILE_HEADER, CHUNK_HEADER + in.readUnsignedInt());
    } catch (EOFException e) {
      throw truncated(e);
    }
  }

  /** The chunks in the data of another one, after some bytes. */
  WebpChunks inside(Chunk chunk, int skipped) throws IOException {
    return within(in, chunk.start + skipped, chunk.start + chunk.length);
  }

  private static WebpChunks within(ImageInputStream in, long from, long end) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    try {
      for (long at = from; at + CHUNK_HEADER <= end; ) {
        in.seek(at);
        byte[] type = new byte[4];
        in.readFully(type);
        long length = in.readUnsignedInt();
        chunks.add(
            new Chunk(new String(type, StandardCharsets.ISO_8859_1), at + CHUNK_HEADER, length));
        at += CHUNK_HEADER + length + (length & 1);
      }
    } catch (EOFException e) {
      // The data of the last chunk cannot be read, which is noticed when it is needed.
    }
    return new WebpChunks(in, chunks);
  }

  /** All chunks of a type. */
  List<Chunk> all(String type) {
    return chunks.stream().filter(chunk -> chunk.type.equals(type)).toList();
  }

  /** The first chunk of a type, or null. */
  @Nullable Chunk first(String type) {
    return chunks.stream().filter(chunk -> chunk.type.equals(type)).findFirst().orElse(null);
  }

  /** The data of the first chunk of a type, or null. */
  byte @Nullable [] data(String type) throws IOException {
    Chunk chunk = first(type);
    return chunk == null ? null : data(chunk, chunk.length);
  }

  /** The first bytes of a chunk. */
  byte[] data(Chunk chunk, long count) throws IOException {
    in.seek(chunk.start);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    for (long left = Math.min(count, chunk.length); left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw truncated(new EOFException());
      }
      bytes.write(buffer, 0, n);
      left -= n;
    }
    return bytes.toByteArray();
  }

  private static FailedInput truncated(EOFException e) {
    return new FailedInput("damaged image: it is truncated", e);
  }
}
