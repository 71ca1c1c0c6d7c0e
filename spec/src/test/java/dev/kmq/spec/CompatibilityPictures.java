package dev.kmq.spec;

import static dev.kmq.image.Dither.FLOYD_STEINBERG;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The sources of the files in {@code compatibility/}. Each file is written once and then kept. */
final class CompatibilityPictures {
  private static final int[] COLORS = {1, 2, 3, 16, 17, 256, 300, 4096};
  private static final int[] RANDOM_ARGB = {0xFF91C30A, 0x00E64417, 0x7F0B8FD2};

  private final Map<String, Sample> samples = new LinkedHashMap<>();

  private CompatibilityPictures() {
    for (Method method : Method.values()) {
      EncodeOptions.Builder options = EncodeOptions.builder().methods(method);
      String name = method.label();
      for (int colors : COLORS) {
        add(name + "-" + colors, indexed(61, 47, colors, false), options);
      }
      add(name + "-alpha", indexed(61, 47, 40, true), options);
      add(name + "-alpha-300", indexed(61, 47, levels(300), new Random(1)), options);
      add(
          name + "-alpha-raw",
          indexed(61, 47, Palette.ofArgb(RANDOM_ARGB), new Random(1)),
          options);
      add(name + "-icon", indexed(16, 16, 12, true), options);
      add(name + "-pixel", indexed(1, 1, 2, false), options);
      add(name + "-row", indexed(300, 1, 9, false), options);
      add(name + "-column", indexed(1, 300, 9, false), options);
      add(name + "-repeats", repeats(), options);
      add(name + "-photo", quantized(options.colors(32)), options);
      add(name + "-dithered", quantized(options.colors(8).dither(FLOYD_STEINBERG)), options);
      options.tileSize(16, 32);
      add(name + "-tiles", indexed(61, 47, 16, false), options);
      add(name + "-tiles-repeats", repeats(), options);
      options.chunks(chunks());
      add(name + "-chunks", indexed(61, 47, 5, false), options);
    }
  }

  /** An image, and how it is encoded. */
  record Sample(IndexedImage image, EncodeOptions options) {}

  /** Samples by the names of their files. */
  static Map<String, Sample> all() {
    return new CompatibilityPictures().samples;
  }

  private void add(String name, IndexedImage image, EncodeOptions.Builder options) {
    samples.put(name + ".kmq", new Sample(image, options.build()));
  }

  private static IndexedImage quantized(EncodeOptions.Builder options) {
    return new KmqEncoder(options.build()).quantize(photo());
  }

  private static IndexedImage indexed(int width, int height, int colors, boolean alpha) {
    Random random = new Random(31L * width + height + colors);
    int[] argb = new int[colors];
    for (int i = 0; i < colors; i++) {
      int grey = 255 * i / colors;
      int color = grey << 16 | (grey * 3 / 4 + random.nextInt(8)) << 8 | 255 - grey;
      argb[i] = (alpha ? random.nextInt(3) * 127 << 24 : 0xFF000000) | color;
    }
    return indexed(width, height, alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb), random);
  }

  /** Colours of every alpha from 0 to 255. */
  private static Palette levels(int colors) {
    int[] argb = new int[colors];
    for (int i = 0; i < colors; i++) {
      argb[i] = 255 * i / (colors - 1) << 24 | 0x20C0FF - 7 * i;
    }
    return Palette.ofArgb(argb);
  }

  /** Areas with soft edges and a little noise. */
  private static IndexedImage indexed(int width, int height, Palette palette, Random random) {
    int colors = palette.size();
    IndexPlane plane = IndexPlane.allocate(width, height, colors);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int noise = random.nextInt(12) == 0 ? random.nextInt(colors) : 0;
        plane.set(x, y, ((x / 3 + y / 2) * colors / 40 + noise) % colors);
      }
    }
    return new IndexedImage(palette, plane);
  }

  /** A stamp repeated in many places. */
  private static IndexedImage repeats() {
    int[] stamp = new Random(5).ints(12 * 12, 0, 7).toArray();
    IndexPlane plane = IndexPlane.allocate(96, 80, 7);
    for (int y = 0; y < 80; y++) {
      for (int x = 0; x < 96; x++) {
        int shift = y / 12 * 5;
        plane.set(x, y, (x + shift) % 24 < 12 ? stamp[y % 12 * 12 + (x + shift) % 24] : 0);
      }
    }
    return new IndexedImage(
        Palette.ofRgb(0xFFFFFF, 0x202020, 0x3060C0, 0xC03030, 0x30A040, 0xE0C020, 0x808080), plane);
  }

  /** Smooth slopes with grain. */
  private static PixelSource photo() {
    Random random = new Random(9);
    int[] argb = new int[80 * 60];
    for (int i = 0; i < argb.length; i++) {
      int x = i % 80;
      int y = i / 80;
      int red = Math.min(255, 2 * x + random.nextInt(20));
      int green = Math.min(255, (x * y >> 5) + 60 + random.nextInt(20));
      int blue = Math.min(255, 200 - 2 * y + random.nextInt(20));
      argb[i] = 0xFF000000 | red << 16 | green << 8 | blue;
    }
    return PixelSource.of(80, 60, argb);
  }

  private static List<Chunk> chunks() {
    return List.of(
        Chunk.iccProfile("a profile that no reader judges".getBytes(StandardCharsets.US_ASCII)),
        Chunk.pixelsPerMetre(2835, 2835),
        Chunk.text("Title", "Compatibility"),
        Chunk.palette("night", Palette.ofRgb(0x000000, 0x101020, 0x202040, 0x303060, 0x404080)),
        Chunk.of("abCd", new byte[] {1, 2, 3}));
  }
}
