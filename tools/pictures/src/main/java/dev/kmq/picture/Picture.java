package dev.kmq.picture;

import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoded image in upright orientation.
 *
 * @param pixels its pixels
 * @param indexed its palette and indices if the file has them, else null
 * @param chunks metadata of the file that is kept
 * @param warnings messages about data of the file that is neither in the pixels nor in the chunks
 * @param reduction what the pixels lost relative to the samples of the file, as a noun phrase, or
 *     null
 * @param header of a {@code .kmq} file, else null
 */
public record Picture(
    PixelSource pixels,
    @Nullable IndexedImage indexed,
    List<Chunk> chunks,
    List<String> warnings,
    @Nullable String reduction,
    @Nullable Header header) {
  /** Copies the lists. */
  public Picture {
    chunks = List.copyOf(chunks);
    warnings = List.copyOf(warnings);
  }

  /** The same with further warnings. */
  Picture withWarnings(List<String> more) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new Picture(pixels, indexed, chunks, all, reduction, header);
  }

  /** The metadata that holds for other indices too: all but alternative palettes. */
  public List<Chunk> chunksForOtherIndices() {
    return chunks.stream().filter(chunk -> !chunk.type().equals(Chunk.PALETTE)).toList();
  }

  /** Whether the colours are those of a profile rather than of sRGB. */
  public boolean hasProfile() {
    return chunks.stream().anyMatch(chunk -> chunk.type().equals(Chunk.ICCP));
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
