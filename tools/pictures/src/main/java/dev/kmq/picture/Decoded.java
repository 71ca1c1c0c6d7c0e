package dev.kmq.picture;

import java.awt.image.RenderedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image of a file before its orientation and profile are applied.
 *
 * @param image its pixels, in memory or a {@link RowImage}; an indexed image has the palette of the
 *     file, entry by entry
 * @param asStored whether the samples are in the colour space of the file, so that the profile of
 *     the file describes them
 * @param reduction what the samples lost in decoding, as a noun phrase; null or empty if nothing
 * @param warnings what the image lacks of the file
 */
record Decoded(
    RenderedImage image, boolean asStored, @Nullable String reduction, List<String> warnings) {
  Decoded {
    reduction = reduction == null || reduction.isEmpty() ? null : reduction;
    warnings = List.copyOf(warnings);
  }
}
