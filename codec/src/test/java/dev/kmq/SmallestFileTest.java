package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.concurrent.Work;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.Header;
import dev.kmq.container.KmqWriter;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SmallestFileTest {
  private static IndexedImage picture(int width, int height, int colors, int run, long seed) {
    int[] rgb = new int[colors];
    for (int i = 0; i < colors; i++) {
      rgb[i] = i * 0x010305;
    }
    Random random = new Random(seed);
    IndexPlane plane = IndexPlane.allocate(width, height, colors);
    int index = 0;
    for (int i = 0; i < width * height; i++) {
      index = i % run == 0 ? random.nextInt(colors) : index;
      plane.set(i % width, i / width, index);
    }
    return new IndexedImage(Palette.ofRgb(rgb), plane);
  }

  @Property(tries = 60)
  void theSmallestFileIsWritten(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 300) int colors,
      @ForAll @IntRange(min = 1, max = 50) int run,
      @ForAll long seed)
      throws IOException {
    IndexedImage image = picture(width, height, colors, run, seed);
    byte[] smallest = {};
    Method first = Method.PACKED;
    for (Method method : Method.values()) {
      byte[] file = write(image, EncodeOptions.builder().methods(method));
      if (method == Method.PACKED || file.length < smallest.length) {
        smallest = file;
        first = method;
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Header header =
        new KmqEncoder(EncodeOptions.builder().methods(Method.values()).build()).write(image, out);
    assertArrayEquals(smallest, out.toByteArray());
    assertEquals(first, header.method());
  }

  private static byte[] write(IndexedImage image, EncodeOptions.Builder options)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KmqEncoder(options.build()).write(image, out);
    return out.toByteArray();
  }

  @Test
  void aCostLeavesExpensiveMethodsOut() throws IOException {
    IndexedImage dots = picture(200, 100, 2, 1, 7);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      dots.plane().set(i % 200, i / 200, random.nextInt(10) == 0 ? 1 : 0);
    }
    byte[] deflate = write(dots, EncodeOptions.builder().methods(Method.DEFLATE));
    byte[] cheap =
        write(
            dots,
            EncodeOptions.builder()
                .methods(Method.values())
                .maxDecodingCost(Method.DEFLATE.decodingCost()));
    assertArrayEquals(deflate, cheap);
    assertTrue(
        write(dots, EncodeOptions.builder().methods(Method.values())).length < deflate.length);
  }

  /** A repetitive image is written with matches, unless their decoding cost is above the limit. */
  @Test
  void matchesCountWithTheirOwnCost() throws IOException {
    IndexedImage image = picture(160, 160, 16, 1, 3);
    Random random = new Random(3);
    int[] stamp = random.ints(32 * 32, 0, 16).toArray();
    for (int y = 0; y < 160; y++) {
      for (int x = 0; x < 160; x++) {
        image.plane().set(x, y, stamp[y % 32 * 32 + x % 32]);
      }
    }
    int mix = Method.MIX.decodingCost();
    assertTrue(header(image, EncodeOptions.builder().methods(Method.MIX)).matches());
    assertFalse(
        header(image, EncodeOptions.builder().methods(Method.values()).maxDecodingCost(mix))
            .matches());
    Header dear = header(image, EncodeOptions.builder().methods(Method.MIX));
    assertTrue(dear.decodingCost() > mix);
  }

  /** Of images with less and less repetition, some are only slightly smaller with matches. */
  @Test
  void matchesHaveToSaveTheirShare() throws IOException {
    Set<Boolean> taken = new HashSet<>();
    for (int share = 0; share <= 160; share += 20) {
      IndexedImage image = picture(160, 160, 16, 1, 3);
      Random random = new Random(3);
      int[] stamp = random.ints(32 * 32, 0, 16).toArray();
      for (int i = 0; i < 160 * 160; i++) {
        boolean repeats = i / 160 < share && i / 160 % 32 < 31;
        int index = repeats ? stamp[i / 160 % 32 * 32 + i % 32] : random.nextInt(16);
        image.plane().set(i % 160, i / 160, index);
      }
      int without = mixBytes(image, false);
      int with = mixBytes(image, true);
      Header chosen = header(image, EncodeOptions.builder().methods(Method.MIX));
      assertEquals(with < without - without / 64, chosen.matches(), share + " rows repeat");
      taken.add(chosen.matches());
    }
    assertEquals(Set.of(true, false), taken);
  }

  /** Rans is smaller than mix here, and mix with matches smaller than both, by less than 1/64. */
  @Test
  void matchesAreComparedWithMixWhateverIsSmallest() throws IOException {
    Random random = new Random(11546);
    int index = 0;
    int[] stamp = new int[45 * 45];
    for (int i = 0; i < stamp.length; i++) {
      index = i % 2 == 0 ? random.nextInt(7) : index;
      stamp[i] = index;
    }
    IndexedImage image = picture(65, 28, 7, 1, 1);
    for (int i = 0; i < 65 * 28; i++) {
      boolean noise = random.nextInt(27) == 0;
      int pixel = noise ? random.nextInt(7) : stamp[i / 65 * 45 + i % 65 % 45];
      image.plane().set(i % 65, i / 65, pixel);
    }
    int rans = write(image, EncodeOptions.builder().methods(Method.RANS)).length;
    int without = mixBytes(image, false);
    int with = mixBytes(image, true);
    assertTrue(with < rans && rans < without && with >= without - without / 64);
    assertEquals(
        Method.RANS, header(image, EncodeOptions.builder().methods(Method.values())).method());
  }

  private static int mixBytes(IndexedImage image, boolean matches) throws IOException {
    Tiling tiling = Tiling.full(image.width(), image.height());
    Header header =
        Header.smallest(
            Method.MIX, image.palette(), ColorSpace.SRGB, tiling, /* hasChunks= */ false, matches);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KmqWriter(out, header, List.of(), Work.onThreads(1)).write(image);
    return out.size();
  }

  private static Header header(IndexedImage image, EncodeOptions.Builder options)
      throws IOException {
    return new KmqEncoder(options.build()).write(image, new ByteArrayOutputStream());
  }

  @Test
  void progressRunsFromTopToBottomOnce() throws IOException {
    List<Double> reported = new ArrayList<>();
    EncodeOptions options =
        EncodeOptions.builder().methods(Method.values()).tileSize(0, 16).build();
    new KmqEncoder(options)
        .write(
            picture(20, 100, 9, 3, 1),
            new ByteArrayOutputStream(),
            Work.onThreads(1).withProgress(reported::add));
    assertEquals(reported.stream().sorted().distinct().toList(), reported);
    assertEquals(1, reported.get(reported.size() - 1));
    assertTrue(reported.get(0) < 0.1);
    for (int trial = 0; trial < 4; trial++) {
      double from = trial / 5.0;
      assertTrue(
          reported.stream().anyMatch(done -> done > from && done < from + 0.2), "of " + trial);
    }
  }

  @Test
  void progressCanStopTheTrialsBeforeAnythingIsWritten() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    KmqEncoder encoder = new KmqEncoder(EncodeOptions.builder().methods(Method.values()).build());
    IndexedImage image = picture(20, 100, 9, 3, 1);
    assertThrows(
        IllegalStateException.class,
        () ->
            encoder.write(
                image,
                out,
                Work.onThreads(1)
                    .withProgress(
                        done -> {
                          throw new IllegalStateException("stop");
                        })));
    assertEquals(0, out.size());
  }
}
