package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PaletteHistogramTest {
  private static PixelSource image(Random random, int pixels, int kinds) {
    int[] colors = random.ints(pixels).toArray();
    int[] argb = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      int color = colors[random.nextInt(pixels)];
      int alpha = kinds == 0 ? 0xFF : kinds == 1 ? random.nextInt(3) * 127 : color >>> 24;
      argb[i] = alpha << 24 | color & 0xFFFFFF;
    }
    return PixelSource.of(pixels, 1, argb);
  }

  private static List<PixelSource> images(long seed, int count) {
    Random random = new Random(seed);
    List<PixelSource> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(image(random, 1 + random.nextInt(300), random.nextInt(3)));
    }
    return images;
  }

  private static PaletteHistogram sum(List<PaletteHistogram> parts) {
    PaletteHistogram.Builder sum = new PaletteHistogram.Builder();
    parts.forEach(sum::add);
    return sum.build();
  }

  @Property(tries = 60)
  void paletteIsThatOfTheImages(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int count, @ForAll Metric metric) {
    List<PixelSource> images = images(seed, count);
    KmqEncoder encoder =
        new KmqEncoder(EncodeOptions.builder().colors(12).metric(metric).threads(1).build());
    List<PaletteHistogram> parts =
        new ArrayList<>(images.stream().map(PaletteHistogram::of).toList());
    Collections.shuffle(parts, new Random(seed));
    PaletteHistogram all = sum(parts);
    assertEquals(count, all.images());
    assertEquals(encoder.palette(images), encoder.palette(all));
  }

  @Property(tries = 60)
  void sumDoesNotDependOnTheOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int count) {
    List<PaletteHistogram> parts = images(seed, count).stream().map(PaletteHistogram::of).toList();
    PaletteHistogram right = PaletteHistogram.NONE;
    PaletteHistogram left = PaletteHistogram.NONE;
    for (PaletteHistogram part : parts) {
      right = right.plus(part);
      left = part.plus(left);
    }
    assertArrayEquals(sum(parts).toBytes(), right.toBytes());
    assertArrayEquals(sum(parts).toBytes(), left.toBytes());
  }

  @Property(tries = 60)
  void bytesAreReadBack(@ForAll long seed, @ForAll @IntRange(min = 0, max = 9) int count) {
    PaletteHistogram all = sum(images(seed, count).stream().map(PaletteHistogram::of).toList());
    byte[] bytes = all.toBytes();
    PaletteHistogram read = PaletteHistogram.ofBytes(bytes);
    assertEquals(all.images(), read.images());
    assertEquals(all.size(), read.size());
    assertArrayEquals(bytes, read.toBytes());
  }

  @Test
  void damageIsRefused() {
    byte[] bytes = sum(images(1, 3).stream().map(PaletteHistogram::of).toList()).toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IllegalArgumentException.class, () -> PaletteHistogram.ofBytes(cut));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(IllegalArgumentException.class, () -> PaletteHistogram.ofBytes(longer));
    byte[] later = bytes.clone();
    later[4]++;
    assertEquals(
        "not a histogram of version 1",
        assertThrows(IllegalArgumentException.class, () -> PaletteHistogram.ofBytes(later))
            .getMessage());
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.clone();
      changed[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
      try {
        assertArrayEquals(changed, PaletteHistogram.ofBytes(changed).toBytes());
      } catch (IllegalArgumentException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith("the histogram is damaged at byte"));
      }
    }
  }

  @Test
  void oneImageHasNoMorePixelsThanCanBeCounted() {
    byte[] most = {'k', 'm', 'q', 'h', 1, 1, 0, 1, 0, 1, -1, -1, -1, -1, 7};
    assertEquals(Integer.MAX_VALUE, PaletteHistogram.ofBytes(most).weight(0));
    byte[] more = {'k', 'm', 'q', 'h', 1, 1, 0, 1, 0, 1, -128, -128, -128, -128, 8};
    assertThrows(IllegalArgumentException.class, () -> PaletteHistogram.ofBytes(more));
  }

  @Test
  void sharesAreEqualAmongMillionsOfImages() {
    // An image of many colours and one of a single colour, doubled 30 times.
    PixelSource many = image(new Random(3), 60_000, 0);
    PixelSource one = PixelSource.of(1, 1, new int[] {0xFF0000FF});
    PaletteHistogram sum = PaletteHistogram.of(many).plus(PaletteHistogram.of(one));
    for (int i = 0; i < 30; i++) {
      sum = sum.plus(sum);
    }
    assertEquals(1L << 31, sum.images());
    Palette palette =
        new KmqEncoder(EncodeOptions.builder().colors(1).metric(Metric.RGB).threads(1).build())
            .palette(sum);
    // The mean of both images is half blue, half about grey.
    assertEquals(0x40, palette.argb(0) >>> 16 & 0xFF, 2);
    assertEquals(0xBF, palette.argb(0) & 0xFF, 2);
  }

  @Test
  void aHistogramWithoutImagesHasNoPalette() {
    KmqEncoder encoder = new KmqEncoder(EncodeOptions.builder().build());
    assertThrows(IllegalArgumentException.class, () -> encoder.palette(PaletteHistogram.NONE));
  }
}
