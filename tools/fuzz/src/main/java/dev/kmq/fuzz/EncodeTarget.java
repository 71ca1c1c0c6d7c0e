package dev.kmq.fuzz;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.util.Arrays;

/**
 * Encodes fuzzed pixels with fuzzed options and decodes the file. One in 16 files is also encoded
 * on three threads and must be the same; images with few colours must be reproduced exactly.
 */
final class EncodeTarget {
  private static final Effort[] EFFORTS = {Effort.FAST, Effort.DEFAULT};

  private EncodeTarget() {}

  static void run(byte[] data) throws IOException {
    Source source = new Source(data);
    int most = source.below(16) == 0 ? 24 : 6; // most images are small, for speed
    int width = 1 + source.below(most);
    int height = 1 + source.below(most);
    int colors = 1 + source.below(source.flag() ? 20 : 300);
    int palette = 1 + source.below(40);
    boolean alpha = source.flag();
    EncodeOptions.Builder options =
        EncodeOptions.builder()
            .colors(colors)
            .effort(source.below(16) == 0 ? Effort.BEST : source.oneOf(EFFORTS))
            .tileSize(source.flag() ? 16 : 0, source.flag() ? 16 : 0);
    boolean rdo = source.below(4) == 0;
    if (rdo) {
      options
          .rdo((1 + source.below(1000)) / 10.0)
          .methods(source.flag() ? Method.RANS : Method.MIX)
          .metric(source.oneOf(Metric.values()));
    } else {
      options
          .metric(source.oneOf(Metric.values()))
          .dither(source.oneOf(Dither.values()))
          .methods(source.oneOf(Method.values()));
    }
    int[] shades = new int[palette];
    for (int i = 0; i < palette; i++) {
      int rgb = source.next() << 16 | source.next() << 8 | source.next();
      shades[i] = (alpha ? source.next() : 0xFF) << 24 | rgb;
    }
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = shades[source.next() % palette];
    }
    PixelSource pixels = PixelSource.of(width, height, argb);
    byte[] file = Kmq.encode(pixels, options.threads(1).build());
    if ((Arrays.hashCode(file) & 15) == 0
        && !Arrays.equals(file, Kmq.encode(pixels, options.threads(3).build()))) {
      throw new AssertionError("three threads give different bytes");
    }
    IndexedImage image = Kmq.decode(file);
    if (image.width() != width || image.height() != height) {
      throw new AssertionError("decodes to " + image.width() + "x" + image.height());
    }
    if (image.palette().size() > colors) {
      throw new AssertionError(image.palette().size() + " colours of " + colors);
    }
    long distinct = Arrays.stream(argb).map(EncodeTarget::visible).distinct().count();
    if (distinct <= colors && !rdo) {
      int[] decoded = image.toArgb();
      for (int i = 0; i < argb.length; i++) {
        if (visible(decoded[i]) != visible(argb[i])) {
          throw new AssertionError("%08x became %08x".formatted(argb[i], decoded[i]));
        }
      }
    }
    requireClasses(argb, image.toArgb(), colors);
  }

  /** Transparent and opaque pixels stay so, and no other pixel becomes transparent. */
  private static void requireClasses(int[] from, int[] to, int colors) {
    if (colors < 2) {
      return;
    }
    for (int i = 0; i < from.length; i++) {
      int before = from[i] >>> 24;
      int after = to[i] >>> 24;
      if (before == 0 ? after != 0 : before == 255 ? after != 255 : after == 0) {
        throw new AssertionError("alpha " + before + " became " + after);
      }
    }
  }

  /** All fully transparent pixels look the same. */
  private static int visible(int argb) {
    return argb >>> 24 == 0 ? 0 : argb;
  }
}
