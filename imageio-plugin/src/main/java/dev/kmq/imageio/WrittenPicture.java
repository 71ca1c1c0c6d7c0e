package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The indexed image that will be stored: its indices, the palette in the colour space of the
 * metadata, and the metadata.
 *
 * @param indices the image, in sRGB unless the palette is the same
 * @param palette as many colours as the image has
 * @param chunks the metadata
 */
record WrittenPicture(IndexSource indices, Palette palette, List<Chunk> chunks)
    implements IndexSource {
  /**
   * The palette of an image in the colour space of a profile: the one of the metadata if it shows
   * the same colours, so that an image that was read is written unchanged.
   *
   * @return null if the profile cannot be applied
   */
  static @Nullable Palette inProfile(Palette shown, PictureFacts facts, Chunk profile) {
    Palette known = shown(facts);
    if (known != null && Arrays.equals(known.toArgb(), shown.toArgb())) {
      return facts.palette();
    }
    IccProfile usable = IccProfile.usable(profile);
    return usable == null ? null : usable.fromSrgb(shown).orElse(null);
  }

  /** The palette of the metadata converted as by the reader; null if there is none. */
  static @Nullable Palette shown(PictureFacts facts) {
    Palette stored = facts.palette();
    IccProfile profile = IccProfile.usable(facts.chunk(Chunk.ICCP));
    return stored == null || profile == null ? stored : profile.toSrgb(stored);
  }

  @Override
  public int width() {
    return indices.width();
  }

  @Override
  public int height() {
    return indices.height();
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    return indices.rows(y, rows);
  }
}
