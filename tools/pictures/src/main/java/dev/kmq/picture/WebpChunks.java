package dev.kmq.picture;

import dev.kmq.file.FailedInput;
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
  private final @Nullable FailedInput damage;

  private WebpChunks(ImageInputStream in, List<Chunk> chunks, @Nullable FailedInput damage) {
    this.in = in;
    this.damage = damage;
    this.chunks = List.copyOf(chunks);
  }

  /** The chunks of a file; the stream must stay open. */
  static WebpChunks ofFile(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    try {
      in.seek(4);
      return within(in, FILE_HEADER, CHUNK_HEADER + in.readUnsignedInt());
    } catch (EOFException e) {
      throw FailedInput.truncated(e);
    }
  }

  /** The chunks in the data of another one, after some bytes. */
  WebpChunks inside(Chunk chunk, int skipped) throws IOException {
    return within(in, chunk.start + skipped, chunk.start + chunk.length);
  }

  private static WebpChunks within(ImageInputStream in, long from, long end) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    FailedInput damage = null;
    long at = from;
    try {
      while (at + CHUNK_HEADER <= end) {
        in.seek(at);
        byte[] type = new byte[4];
        in.readFully(type);
        long length = in.readUnsignedInt();
        String name = new String(type, StandardCharsets.ISO_8859_1);
        if (!name.matches("[ -~]{4}")) {
          damage = FailedInput.damaged("no chunk at offset " + at);
          break;
        }
        chunks.add(new Chunk(name, at + CHUNK_HEADER, length));
        at += CHUNK_HEADER + length + (length & 1);
      }
    } catch (EOFException e) {
      // The data of the last chunk may be incomplete too, which is noticed when it is needed.
      damage = FailedInput.truncated(e);
    }
    // The last chunk may lack its padding.
    if (damage == null && at > end + 1) {
      Chunk last = chunks.get(chunks.size() - 1);
      damage =
          FailedInput.damaged(
              "the chunk at offset %d is too long".formatted(last.start - CHUNK_HEADER));
    }
    return new WebpChunks(in, chunks, damage);
  }

  /** Why chunks may be missing, or null. */
  @Nullable FailedInput damage() {
    return damage;
  }

  /** Whether the file ends within a chunk. */
  boolean isCut(Chunk chunk) throws IOException {
    in.seek(chunk.start + Math.max(0, chunk.length - 1));
    return chunk.length > 0 && in.read() < 0;
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
    try {
      return BoundedReads.exactly(in, Math.min(count, chunk.length));
    } catch (EOFException e) {
      throw FailedInput.truncated(e);
    }
  }
}
