package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Transparent stays transparent, opaque stays opaque. */
class AlphaTest {
  private static final int WIDTH = 40;

  /** The kinds of pixels, and how translucent ones look. */
  enum Kind {
    ALL(true, true, 1, 255),
    FAINT(true, true, 1, 12),
    DENSE(true, true, 244, 255),
    HOLES(true, true, 0, 0),
    NOTHING_TRANSPARENT(false, true, 1, 255),
    NOTHING_OPAQUE(true, false, 1, 255),
    VEIL(false, false, 1, 255);

    final boolean transparent;
    final boolean opaque;
    final int least;
    final int end;

    Kind(boolean transparent, boolean opaque, int least, int end) {
      this.transparent = transparent;
      this.opaque = opaque;
      this.least = least;
      this.end = end;
    }

    int alpha(Random random) {
      int kind = random.nextInt(3);
      if (kind == 0 && transparent || least == 0 && kind == 2) {
        return 0;
      }
      boolean solid = opaque && (kind == 1 || least == 0);
      return solid ? 255 : least + random.nextInt(end - least);
    }
  }

  private static PixelSource picture(Kind kind, int height, int spread, long seed) {
    Random random = new Random(seed);
    int[] argb = new int[WIDTH * height];
    int base = random.nextInt(1 << 24);
    for (int i = 0; i < argb.length; i++) {
      int rgb = 0;
      for (int shift = 0; shift < 24; shift += 8) {
        int value = (base >>> shift & 0xFF) + random.nextInt(2 * spread + 1) - spread;
        rgb |= Math.max(0, Math.min(255, value)) << shift;
      }
      argb[i] = kind.alpha(random) << 24 | rgb;
    }
    return PixelSource.of(WIDTH, height, argb);
  }

  private static int[] pixels(PixelSource source) {
    int[] argb = new int[source.width() * source.height()];
    source.readRows(0, source.height(), argb);
    return argb;
  }

  /** Checks the rule for every pixel, if the palette has entries of the kind. */
  private static void check(PixelSource source, IndexedImage image) {
    int[] from = pixels(source);
    int[] to = image.toArgb();
    boolean clear = IntStream.of(image.palette().toArgb()).anyMatch(c -> c >>> 24 == 0);
    boolean solid = IntStream.of(image.palette().toArgb()).anyMatch(c -> c >>> 24 == 255);
    for (int i = 0; i < from.length; i++) {
      String pixel = "pixel %d, %08X is %08X".formatted(i, from[i], to[i]);
      int alpha = from[i] >>> 24;
      if (alpha > 0 || clear) {
        assertEquals(alpha == 0, to[i] >>> 24 == 0, pixel);
      }
      if (alpha == 255 && solid) {
        assertEquals(255, to[i] >>> 24, pixel);
      }
    }
  }

  private static void checkAll(PixelSource source, IndexedImage image) {
    check(source, image);
    IntStream alphas = IntStream.of(image.palette().toArgb()).map(c -> c >>> 24);
    int[] kinds = alphas.distinct().toArray();
    for (int kind : new int[] {0, 255}) {
      if (IntStream.of(pixels(source)).anyMatch(c -> c >>> 24 == kind)) {
        assertTrue(IntStream.of(kinds).anyMatch(a -> a == kind), "no entry of alpha " + kind);
      }
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void transparentStaysTransparentAndOpaqueOpaque(
      @ForAll Kind kind,
      @ForAll @IntRange(min = 2, max = 300) int colors,
      @ForAll Effort effort,
      @ForAll Metric metric,
      @ForAll Dither dither,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 0, max = 90) int spread,
      @ForAll long seed) {
    PixelSource source = picture(kind, height, spread, seed);
    EncodeOptions.Builder options =
        EncodeOptions.builder().effort(effort).metric(metric).dither(dither);
    for (int k : new int[] {2, 3, colors}) {
      IndexedImage image = new KmqEncoder(options.colors(k).build()).quantize(source);
      assertTrue(image.palette().size() <= k);
      checkAll(source, image);
      assertTrue(IntStream.of(image.palette().toArgb()).filter(c -> c >>> 24 == 0).count() <= 1);
    }
  }

  @Property(tries = 40)
  void rateDistortionKeepsThemApart(
      @ForAll Kind kind,
      @ForAll @IntRange(min = 2, max = 120) int colors,
      @ForAll boolean mix,
      @ForAll Metric metric,
      @ForAll @IntRange(min = 1, max = 4000) int lambda,
      @ForAll long seed) {
    PixelSource source = picture(kind, 20, 60, seed);
    EncodeOptions options =
        EncodeOptions.builder()
            .colors(colors)
            .methods(mix ? Method.MIX : Method.RANS)
            .metric(metric)
            .rdo(lambda)
            .build();
    checkAll(source, new KmqEncoder(options).quantize(source));
  }

  @Property(tries = 60)
  void givenPalettesAreUsedByKind(
      @ForAll Kind kind,
      @ForAll @IntRange(min = 1, max = 80) int colors,
      @ForAll @IntRange(min = 0, max = 2) int clear,
      @ForAll @IntRange(min = 0, max = 2) int solid,
      @ForAll Metric metric,
      @ForAll Dither dither,
      @ForAll long seed) {
    PixelSource source = picture(kind, 20, 80, seed);
    Random random = new Random(seed);
    int[] entries = random.ints(colors + clear + solid).toArray();
    for (int i = 0; i < entries.length; i++) {
      int alpha = i < clear ? 0 : i < clear + solid ? 255 : 1 + random.nextInt(254);
      entries[i] = alpha << 24 | entries[i] & 0xFFFFFF;
    }
    Palette palette = Palette.ofArgb(entries);
    EncodeOptions.Builder options =
        EncodeOptions.builder().palette(PaletteChoice.given(palette)).metric(metric);
    IndexedImage image = new KmqEncoder(options.dither(dither).build()).quantize(source);
    assertEquals(palette, image.palette());
    check(source, image);
    options.dither(Dither.NONE).methods(Method.RANS).rdo(20);
    check(source, new KmqEncoder(options.build()).quantize(source));
  }

  @Property(tries = 40)
  void onePaletteOverSeveralImagesServesAllOfThem(
      @ForAll @IntRange(min = 2, max = 200) int colors,
      @ForAll Effort effort,
      @ForAll Dither dither,
      @ForAll Kind first,
      @ForAll Kind second,
      @ForAll long seed) {
    List<PixelSource> sources =
        List.of(picture(first, 9, 50, seed), picture(second, 30, 50, ~seed));
    EncodeOptions.Builder options = EncodeOptions.builder().colors(colors).effort(effort);
    Palette palette = new KmqEncoder(options.build()).palette(sources);
    for (PixelSource source : sources) {
      EncodeOptions given =
          EncodeOptions.builder().palette(PaletteChoice.given(palette)).dither(dither).build();
      checkAll(source, new KmqEncoder(given).quantize(source));
    }
  }

  @Property(tries = 60)
  void keptColoursLeaveRoomForBothKinds(
      @ForAll Kind kind,
      @ForAll @IntRange(min = 0, max = 5) int kept,
      @ForAll boolean keepTransparent,
      @ForAll @IntRange(min = 2, max = 60) int more,
      @ForAll Effort effort,
      @ForAll long seed) {
    PixelSource source = picture(kind, 20, 60, seed);
    // All transparent colours count as one, and no colour may be kept twice.
    int[] keep =
        IntStream.concat(
                new Random(seed).ints(kept), keepTransparent ? IntStream.of(0) : IntStream.empty())
            .map(c -> c >>> 24 == 0 ? 0 : c)
            .distinct()
            .toArray();
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(keep.length + more).withKeepColors(keep))
            .effort(effort)
            .build();
    IndexedImage image = new KmqEncoder(options).quantize(source);
    assertEquals(
        Arrays.toString(keep),
        Arrays.toString(Arrays.copyOf(image.palette().toArgb(), keep.length)));
    checkAll(source, image);
  }

  @Property(tries = 25)
  void targetsAreReachedAsMeasured(
      @ForAll Kind kind, @ForAll @IntRange(min = 24, max = 48) int psnr, @ForAll long seed) {
    PixelSource source = picture(kind, 10, 60, seed);
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(1024).withTarget(new Target.Psnr(psnr)))
            .build();
    IndexedImage image = new KmqEncoder(options).quantize(source);
    ColorError error = ColorError.of(source, image.pixels(), 0);
    assertTrue(error.psnr() >= psnr);
    EncodeOptions limited =
        EncodeOptions.builder().colors(image.palette().size()).maxError(error.maxError()).build();
    new KmqEncoder(limited).quantize(source);
  }

  @Test
  void twoColoursAreOneTransparentAndOneOpaque() {
    PixelSource source = picture(Kind.ALL, 20, 60, 1);
    IndexedImage image = new KmqEncoder(EncodeOptions.builder().colors(2).build()).quantize(source);
    assertEquals(0, image.palette().argb(0));
    assertEquals(255, image.palette().argb(1) >>> 24);
  }

  /** A soft shadow, a transparent ground and an opaque disc: more colours, less error. */
  @Test
  void errorFallsWithMoreColours() {
    int side = 64;
    int[] argb = new int[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double radius = Math.hypot(x - 31.5, y - 31.5);
        int alpha = (int) Math.max(0, Math.min(255, 255 * (30 - radius) / 12));
        argb[y * side + x] = alpha << 24 | 20 + 3 * x << 16 | 160 - 2 * y << 8 | 200;
      }
    }
    PixelSource source = PixelSource.of(side, side, argb);
    double last = 0;
    for (int k : new int[] {2, 4, 8, 16, 32, 64, 128, 256}) {
      EncodeOptions options = EncodeOptions.builder().colors(k).build();
      IndexedImage image = new KmqEncoder(options).quantize(source);
      double psnr = ColorError.of(source, image.pixels(), 0).psnr();
      assertTrue(psnr > last, psnr + " dB with " + k + " colours");
      last = psnr;
    }
    assertTrue(last > 38, last + " dB");
    EncodeOptions target =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withTarget(new Target.Psnr(36)))
            .build();
    assertTrue(new KmqEncoder(target).quantize(source).palette().size() < 256);
  }

  /** The error of a translucent pixel is not diffused to its opaque neighbours. */
  @Test
  void errorDiffusionPassesOnWhatIsSeen() {
    int[] argb = new int[64 * 64];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = i / 64 % 2 == 0 ? 0x02FFFFFF : 0xFF808080;
    }
    PixelSource source = PixelSource.of(64, 64, argb);
    Palette palette = Palette.ofArgb(0x02000000, 0xFF7E7E7E, 0xFF828282, 0xFFFFFFFF);
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.given(palette))
            .dither(Dither.FLOYD_STEINBERG)
            .build();
    IndexedImage image = new KmqEncoder(options).quantize(source);
    for (int i = 0; i < argb.length; i++) {
      assertTrue(image.plane().get(i % 64, i / 64) < 3);
    }
  }
}
