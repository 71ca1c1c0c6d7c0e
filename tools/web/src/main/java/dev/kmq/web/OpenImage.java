package dev.kmq.web;

import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.web.png.IccProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that can be quantised.
 *
 * @param kind {@code png}, {@code kmq} or {@code pixels}
 * @param pixels its pixels, upright; colours of the profile if there is one
 * @param indexed its palette and indices if the file has them, else null
 * @param profile the profile of the colours, or null for sRGB
 * @param chunks metadata that is kept
 * @param all metadata of a {@code .kmq} file, whether kept or not
 * @param header of a {@code .kmq} file, else null
 * @param bytes length of the file
 * @param notes for the user, as sentences: what of the file is not in the image
 */
public record OpenImage(
    String kind,
    PixelSource pixels,
    @Nullable IndexedImage indexed,
    @Nullable IccProfile profile,
    List<Chunk> chunks,
    List<Chunk> all,
    @Nullable Header header,
    int bytes,
    List<String> notes) {
  /** Copies the lists. */
  public OpenImage {
    chunks = List.copyOf(chunks);
    all = List.copyOf(all);
    notes = List.copyOf(notes);
  }

  /** The metadata that holds for other indices too: all but alternative palettes. */
  List<Chunk> chunksForOtherIndices() {
    return chunks.stream().filter(chunk -> !chunk.type().equals(Chunk.PALETTE)).toList();
  }

  /** The image in sRGB, without its profile, which converts. */
  OpenImage inSrgb(IccProfile by) {
    IndexedImage mapped = null;
    if (indexed != null) {
      Palette palette = indexed.palette();
      int[] argb = palette.toArgb();
      by.toSrgb(argb);
      mapped = indexed.withPalette(palette.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb));
    }
    List<Chunk> rest = chunks.stream().filter(chunk -> !chunk.type().equals(Chunk.ICCP)).toList();
    return new OpenImage(kind, by.toSrgb(pixels), mapped, null, rest, all, header, bytes, notes);
  }

  /** All pixels as ARGB. */
  int[] toArgb() {
    int[] argb = new int[pixels.width() * pixels.height()];
    pixels.readRows(0, pixels.height(), argb);
    return argb;
  }
}
