package dev.kmq.cli.picture;

import dev.kmq.container.Chunk;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture as it was read, the right way up.
 *
 * @param pixels its pixels
 * @param indexed its palette and indices if that is what the file holds, else null
 * @param chunks what else of the file is kept
 * @param warnings what of the file is neither in the pixels nor in the chunks, in words for people
 * @param reduction what the pixels have lost against the samples of the file, as a noun phrase, or
 *     null if they are the same
 */
public record Picture(
    PixelSource pixels,
    @Nullable IndexedImage indexed,
    List<Chunk> chunks,
    List<String> warnings,
    @Nullable String reduction) {
  /** Copies the lists. */
  public Picture {
    chunks = List.copyOf(chunks);
    warnings = List.copyOf(warnings);
  }

  /** Width in pixels. */
  public int width() {
    return pixels.width();
  }

  /** Height in pixels. */
  public int height() {
    return pixels.height();
  }
}
