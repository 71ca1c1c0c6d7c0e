package dev.kmq.picture;

/** Alpha compositing of ARGB colours that are not premultiplied. */
public final class Compositing {
  private Compositing() {}

  /** One colour composited over another, each channel rounded to the nearest level. */
  public static int over(int above, int below) {
    int alpha = above >>> 24;
    int under = below >>> 24;
    if (alpha == 255 || under == 0) {
      return alpha == 0 ? below : above;
    }
    if (alpha == 0) {
      return below;
    }
    int total = 255 * alpha + under * (255 - alpha); // 255 times the resulting alpha
    int result = (total + 127) / 255 << 24;
    for (int shift = 0; shift < 24; shift += 8) {
      int sum =
          255 * alpha * (above >>> shift & 0xFF) + under * (255 - alpha) * (below >>> shift & 0xFF);
      result |= (sum + total / 2) / total << shift;
    }
    return result;
  }
}
