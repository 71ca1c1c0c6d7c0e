package dev.kmq.cli.picture;

import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image of a file before its orientation and profile are applied.
 *
 * @param image its pixels; an indexed one has the palette of the file, entry by entry
 * @param asStored whether the samples are in the colour space of the file, so that the profile of
 *     the file describes them
 * @param reduction what of the samples could not be kept, as a noun phrase, or null or empty if all
 *     are as in the file
 * @param warnings what of the file is not in the image
 */
record Decoded(
    BufferedImage image, boolean asStored, @Nullable String reduction, List<String> warnings) {
  Decoded {
    reduction = reduction == null || reduction.isEmpty() ? null : reduction;
    warnings = List.copyOf(warnings);
  }
}
