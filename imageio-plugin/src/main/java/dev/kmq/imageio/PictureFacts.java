package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Palette;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What metadata holds; immutable.
 *
 * @param method how indices are stored; null if not known
 * @param tiling size of the picture and its tiles; null if not known
 * @param palette as it stands in the file, in the colour space of the profile if there is one; null
 *     if not known
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

  PictureFacts withHeader(@Nullable Method newMethod, @Nullable Tiling newTiling) {
    return new PictureFacts(newMethod, newTiling, palette, chunks);
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

  /** With one more chunk, unless it is there; a profile, resolution or Exif takes the old place. */
  PictureFacts with(Chunk chunk) {
    if (chunks.contains(chunk)) {
      return this;
    }
    Chunk before =
        switch (chunk.type()) {
          case Chunk.ICCP, Chunk.PHYS, Chunk.EXIF -> chunk(chunk.type());
          default -> null;
        };
    List<Chunk> now = new ArrayList<>(chunks);
    if (before == null) {
      now.add(chunk);
    } else {
      now.set(chunks.indexOf(before), chunk);
    }
    return withChunks(now);
  }

  /** With a text in the place of all texts of its keyword. */
  PictureFacts withOnlyText(String keyword, String text) {
    List<Chunk> now = new ArrayList<>(chunks);
    now.removeIf(chunk -> isText(chunk, keyword));
    now.add(Chunk.text(keyword, text));
    return withChunks(now);
  }
}
