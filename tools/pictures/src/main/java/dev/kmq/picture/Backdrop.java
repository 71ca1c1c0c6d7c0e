package dev.kmq.picture;

import dev.kmq.container.Chunk;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.List;

/** Composites images with transparency onto a colour. */
final class Backdrop {
  private Backdrop() {}

  /**
   * The image without transparency.
   *
   * @param most the most pixels to compute at once
   */
  static Picture apply(Picture picture, int background, long most) {
    IndexSource indexed = picture.indexed();
    if (indexed == null) {
      PixelSource opaque =
          PictureReader.mapped(picture.pixels(), argb -> composite(argb, background), most);
      return new Picture(
          opaque,
          null,
          picture.chunks(),
          picture.warnings(),
          picture.reduction(),
          picture.header());
    }
    IndexSource opaque = indexed.withPalette(composite(indexed.palette(), background));
    List<Chunk> chunks =
        Chunk.mapPalettes(picture.chunks(), palette -> composite(palette, background));
    return new Picture(
        opaque.pixels(), opaque, chunks, picture.warnings(), picture.reduction(), picture.header());
  }

  private static Palette composite(Palette palette, int background) {
    if (!palette.hasAlpha()) {
      return palette;
    }
    int[] argb = palette.toArgb();
    composite(argb, background);
    return Palette.ofRgb(argb);
  }

  private static void composite(int[] argb, int background) {
    for (int i = 0; i < argb.length; i++) {
      argb[i] = Compositing.over(argb[i], 0xFF000000 | background);
    }
  }
}
