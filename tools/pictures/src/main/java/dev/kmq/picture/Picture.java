package dev.kmq.picture;

import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.image.IndexSource;
import dev.kmq.image.PixelSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image in upright orientation. A {@linkplain #isLarge large} one is decoded each time its rows
 * are read, if its format allows it: its pixels, and its indices, are for one thread at a time, and
 * the input must stay open. A failure is then thrown as an {@link java.io.UncheckedIOException}.
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
    @Nullable IndexSource indexed,
    List<Chunk> chunks,
    List<String> warnings,
    @Nullable String reduction,
    @Nullable Header header) {
  /** The most pixels that are always held in memory: 2^24. */
  public static final int MOST_IN_MEMORY = 1 << 24;

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

  /** Whether there are more than {@value #MOST_IN_MEMORY} pixels. */
  public boolean isLarge() {
    return isLarge(width(), height(), MOST_IN_MEMORY);
  }

  /** Whether the image of a {@code .kmq} file is large. */
  public static boolean isLarge(Header header) {
    return isLarge(header.width(), header.height(), MOST_IN_MEMORY);
  }

  static boolean isLarge(int width, int height, long most) {
    return (long) width * height > most;
  }

  /** Whether the colours are those of a profile rather than of sRGB. */
  public boolean hasProfile() {
    for (Chunk chunk : chunks) {
      if (chunk.type().equals(Chunk.ICCP)) {
        return true;
      }
    }
    return false;
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
