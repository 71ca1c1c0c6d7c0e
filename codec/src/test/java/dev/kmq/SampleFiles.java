package dev.kmq;

import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small images and files of all kinds, always the same. */
public final class SampleFiles {
  /** All kinds of metadata that version 1 knows. */
  public static final List<Chunk> CHUNKS =
      List.of(
          Chunk.iccProfile("a profile".getBytes(StandardCharsets.US_ASCII)),
          Chunk.pixelsPerMetre(11811, 3937),
          Chunk.exif(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0}),
          Chunk.text("Title", "Ä image"),
          Chunk.text("Title", ""));

  private SampleFiles() {}

  /**
   * A file and its content.
   *
   * @param name describes the kind
   */
  public record Sample(String name, IndexedImage image, EncodeOptions options) {
    /** The encoded file. */
    public byte[] file() {
      return Kmq.encode(image, options);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Files of a few hundred bytes: all methods, with K, tilings, chunks and alpha varied. */
  public static List<Sample> all() {
    List<Sample> samples = new ArrayList<>();
    for (Method method : Method.values()) {
      for (int colors : new int[] {1, 2, 3, 16, 17, 60}) {
        samples.add(sample(method, 13, 7, colors, false, 0, 0, List.of()));
      }
      samples.add(sample(method, 1, 1, 2, false, 0, 0, List.of()));
      samples.add(sample(method, 20, 18, 1, true, 16, 16, List.of()));
      samples.add(sample(method, 20, 18, 5, true, 16, 16, List.of()));
      samples.add(sample(method, 5, 35, 20, false, 0, 16, CHUNKS));
      samples.add(sample(method, 37, 4, 8, true, 16, 0, CHUNKS.subList(1, 4)));
      samples.add(sample(method, 9, 9, 258, false, 0, 0, List.of()));
    }
    return samples;
  }

  private static Sample sample(
      Method method,
      int width,
      int height,
      int colors,
      boolean alpha,
      int tileWidth,
      int tileHeight,
      List<Chunk> chunks) {
    String name =
        "%s %dx%d K=%d%s tiles %dx%d chunks %d"
            .formatted(
                method.label(),
                width,
                height,
                colors,
                alpha ? " alpha" : "",
                tileWidth,
                tileHeight,
                chunks.size());
    EncodeOptions options =
        EncodeOptions.builder()
            .methods(method)
            .tileSize(tileWidth, tileHeight)
            .chunks(chunks)
            .threads(1)
            .build();
    return new Sample(name, image(width, height, colors, alpha, width * 31L + colors), options);
  }

  /** A palette of random colours. */
  public static Palette palette(int colors, boolean alpha, Random random) {
    int[] argb = random.ints(colors).toArray();
    return alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  /** An image of runs that partly repeat the row above; it contains the last colour. */
  public static IndexedImage image(int width, int height, int colors, boolean alpha, long seed) {
    Random random = new Random(seed);
    IndexPlane plane = IndexPlane.allocate(width, height, colors);
    int index = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int choice = random.nextInt(8);
        if (choice == 0) {
          index = random.nextInt(colors);
        } else if (choice < 3 && y > 0) {
          index = plane.get(x, y - 1);
        }
        plane.set(x, y, index);
      }
    }
    plane.set(width - 1, height - 1, colors - 1);
    return new IndexedImage(palette(colors, alpha, random), plane);
  }
}
