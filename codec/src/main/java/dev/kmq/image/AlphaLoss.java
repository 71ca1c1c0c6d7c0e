package dev.kmq.image;

/**
 * Numbers of pixels whose alpha changes because the palette lacks an entry of alpha 0 or 255. These
 * pixels get the nearest other entry, so transparent ones may become visible, and opaque ones may
 * let the background through.
 *
 * @param transparent pixels of alpha 0, if the palette has no such entry; else 0
 * @param opaque pixels of alpha 255, if the palette has no such entry; else 0
 */
public record AlphaLoss(long transparent, long opaque) {
  /**
   * Counts the pixels of an image whose alpha a palette cannot keep. The image is only read if the
   * palette lacks an entry.
   *
   * @param pixels the image
   * @param palette the palette that they get
   * @return how many pixels change their alpha
   */
  public static AlphaLoss of(PixelSource pixels, Palette palette) {
    boolean clear = has(palette, 0);
    boolean solid = has(palette, 255);
    long transparent = 0;
    long opaque = 0;
    int[] row = new int[pixels.width()];
    for (int y = 0; y < pixels.height() && !(clear && solid); y++) {
      pixels.readRows(y, 1, row);
      for (int pixel : row) {
        int alpha = pixel >>> 24;
        transparent += alpha == 0 ? 1 : 0;
        opaque += alpha == 255 ? 1 : 0;
      }
    }
    return new AlphaLoss(clear ? 0 : transparent, solid ? 0 : opaque);
  }

  /**
   * {@link #of(PixelSource, Palette)} over several images, which are opened one after the other.
   *
   * @param images the images
   * @param palette the palette that they get
   * @return how many pixels change their alpha
   */
  public static AlphaLoss of(Iterable<? extends PixelSource> images, Palette palette) {
    AlphaLoss sum = new AlphaLoss(0, 0);
    if (!has(palette, 0) || !has(palette, 255)) {
      for (PixelSource image : images) {
        AlphaLoss one = of(image, palette);
        sum = new AlphaLoss(sum.transparent + one.transparent, sum.opaque + one.opaque);
      }
    }
    return sum;
  }

  private static boolean has(Palette palette, int alpha) {
    for (int i = 0; i < palette.size(); i++) {
      if (palette.argb(i) >>> 24 == alpha) {
        return true;
      }
    }
    return false;
  }
}
