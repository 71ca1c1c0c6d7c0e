package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Palette;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contents of metadata; immutable.
 *
 * @param method how indices are stored; null if not known
 * @param tiling size of the image and its tiles; null if not known
 * @param palette as stored in the file, in the colour space of the profile if there is one; null if
 *     not known
 * @param chunks in the order in which they are written
 */
record PictureFacts(
    @Nullable Method method,
    @Nullable Tiling tiling,
    @Nullable Palette palette,
    List<Chunk> chunks) {
  static final PictureFacts NONE = new PictureFacts(null, null, null, List.of());

  PictureFacts {
    chunks = List.copyOf(chunks);
  }

  static PictureFacts of(Header header, Palette palette, List<Chunk> chunks) {
    return new PictureFacts(header.method(), header.tiling(), palette, chunks);
  }

  PictureFacts withPalette(@Nullable Palette newPalette) {
    return new PictureFacts(method, tiling, newPalette, chunks);
  }

  PictureFacts withChunks(List<Chunk> newChunks) {
    return new PictureFacts(method, tiling, palette, newChunks);
  }

  /** The first chunk of a type. */
  @Nullable Chunk chunk(String type) {
    for (Chunk chunk : chunks) {
      if (chunk.type().equals(type)) {
        return chunk;
      }
    }
    return null;
  }

  /** The first text of a keyword. */
  @Nullable String text(String keyword) {
    for (Chunk chunk : chunks) {
      if (isText(chunk, keyword)) {
        return chunk.text();
      }
    }
    return null;
  }

  static boolean isText(Chunk chunk, String keyword) {
    return chunk.type().equals(Chunk.TEXT) && chunk.keyword().equals(keyword);
  }
}
