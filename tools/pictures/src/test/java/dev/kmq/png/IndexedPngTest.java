package dev.kmq.png;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Chunk;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.picture.PictureWriter;
import dev.kmq.picture.TestPng;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IndexedPngTest {
  private static byte[] png(IndexedImage image, List<Chunk> chunks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PictureWriter.write(image, chunks, "png", out);
    return out.toByteArray();
  }

  /** Entries may be equal, unused, and of any alpha. */
  @Property(tries = 300)
  void paletteAndIndicesAreTheImages(
      @ForAll @IntRange(min = 1, max = 256) int colors,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll boolean alpha,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int[] argb = new int[colors];
    for (int i = 0; i < colors; i++) {
      int opacity = new int[] {0, 255, 255, random.nextInt(256)}[random.nextInt(4)];
      argb[i] = opacity << 24 | random.nextInt(8) * 0x1F2F3F;
    }
    Palette palette = alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
    IndexPlane whole = IndexPlane.allocate(width + 3, height + 2, colors);
    for (int y = 0; y < height + 2; y++) {
      for (int x = 0; x < width + 3; x++) {
        whole.set(x, y, random.nextInt(colors));
      }
    }
    IndexPlane plane = whole.window(2, 1, width, height);
    byte[] file = png(new IndexedImage(palette, plane), List.of());

    byte[] header = TestPng.chunks(file).get(0).data();
    int bits = header[8];
    int needed = Math.max(1, palette.bitsPerIndex());
    assertTrue(bits >= needed && bits < 2 * needed || bits == 8 && needed > 4, bits + " bits");
    byte[] plte = TestPng.data(file, "PLTE");
    byte[] trns = TestPng.data(file, "tRNS");
    assertEquals(3 * colors, plte.length);
    for (int i = 0; i < colors; i++) {
      int opacity = i < trns.length ? trns[i] & 0xFF : 0xFF;
      int rgb =
          ByteBuffer.wrap(new byte[] {0, plte[3 * i], plte[3 * i + 1], plte[3 * i + 2]}).getInt();
      assertEquals(palette.argb(i), opacity << 24 | rgb, "entry " + i);
    }
    assertEquals((1 + (width * bits + 7) / 8) * height, TestPng.rows(file).length);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertEquals(plane.get(x, y), read.getRaster().getSample(x, y, 0));
        assertEquals(palette.argb(plane.get(x, y)), read.getRGB(x, y));
      }
    }
  }

  private static IndexedImage grey(IndexPlane plane) {
    int[] greys = new int[256];
    Arrays.setAll(greys, i -> i * 0x010101);
    return new IndexedImage(Palette.ofRgb(greys), plane);
  }

  /** However the encoder divides its writes. */
  @Test
  void dataChunksAreFullButForTheLast() throws IOException {
    Random random = new Random(7);
    IndexPlane plane = IndexPlane.allocate(500, 400, 256);
    for (int i = 0; i < 500 * 400; i++) {
      plane.set(i % 500, i / 500, random.nextInt(256));
    }
    List<Integer> lengths =
        TestPng.chunks(png(grey(plane), List.of())).stream()
            .filter(chunk -> chunk.type().equals("IDAT"))
            .map(chunk -> chunk.data().length)
            .toList();
    assertEquals(4, lengths.size());
    assertEquals(Set.of(1 << 16), Set.copyOf(lengths.subList(0, 3)));
  }

  /** Rows of any filter are undone by the definition, also those of a part of an image. */
  @Property(tries = 60)
  void filtersAreThoseOfPng(
      @ForAll PngRows.Filter filter, @ForAll @IntRange(max = 5) int from, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    IndexPlane plane = IndexPlane.allocate(37, 12, 256);
    for (int i = 0; i < 37 * 12; i++) {
      plane.set(i % 37, i / 37, i % 37 * 3 + i / 37 * random.nextInt(4) & 0xFF);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PngRows(grey(plane), 8).write(from, 12, filter, out);
    byte[] rows = out.toByteArray();
    Set<Integer> used = new HashSet<>();
    for (int y = from; y < 12; y++) {
      int kind = rows[(y - from) * 38];
      used.add(kind);
      long[] sums = new long[5];
      for (int x = 0; x < 37; x++) {
        int left = x == 0 ? 0 : plane.get(x - 1, y);
        int up = y == 0 ? 0 : plane.get(x, y - 1);
        int corner = x == 0 || y == 0 ? 0 : plane.get(x - 1, y - 1);
        int guess = left + up - corner;
        int[] paeth = {left, up, corner};
        int nearest = 0;
        for (int i = 1; i < 3; i++) {
          if (Math.abs(guess - paeth[i]) < Math.abs(guess - paeth[nearest])) {
            nearest = i;
          }
        }
        int[] predictions = {0, left, up, (left + up) / 2, paeth[nearest]};
        int value = rows[(y - from) * 38 + 1 + x] + predictions[kind] & 0xFF;
        assertEquals(plane.get(x, y), value);
        for (int i = 0; i < 5; i++) {
          sums[i] += Math.abs((byte) (plane.get(x, y) - predictions[i]));
        }
      }
      if (filter == PngRows.Filter.ADAPTIVE) {
        assertEquals(Arrays.stream(sums).min().orElseThrow(), sums[kind]);
      }
    }
    switch (filter) {
      case NONE -> assertEquals(Set.of(0), used);
      case UP -> assertEquals(Set.of(2), used);
      case PAETH -> assertEquals(Set.of(4), used);
      case ADAPTIVE -> {}
    }
  }

  /** Images for which each filter is the smallest; the JDK's reader undoes it. */
  @Test
  void theSmallestFilterIsChosen() throws IOException {
    Random random = new Random(3);
    int[] first = random.ints(300, 0, 256).toArray();
    int[] slope = random.ints(300, 0, 3).toArray();
    Arrays.parallelPrefix(slope, Integer::sum);
    for (PngRows.Filter filter :
        List.of(PngRows.Filter.NONE, PngRows.Filter.UP, PngRows.Filter.ADAPTIVE)) {
      for (int height : new int[] {40, 700}) { // the sample is all, or a part
        IndexPlane plane = IndexPlane.allocate(300, height, 256);
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < 300; x++) {
            boolean left = y / 8 % 2 == 0;
            plane.set(
                x,
                y,
                switch (filter) {
                  case NONE -> first[(x * 7 + y * 31) % 100];
                  case UP -> first[x] + y * 37 & 0xFF;
                  default -> left ? slope[x] + first[y % 300] & 0xFF : first[x];
                });
          }
        }
        assertEquals(filter, new PngRows(grey(plane), 8).smallest(), filter + ", height " + height);
        byte[] file = png(grey(plane), List.of());
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
        for (int i = 0; i < 300 * height; i++) {
          assertEquals(
              plane.get(i % 300, i / 300), read.getRaster().getSample(i % 300, i / 300, 0));
        }
      }
    }
  }

  @Test
  void metadataIsWrittenBesideThePalette() throws IOException {
    byte[] profile = "a profile".getBytes(StandardCharsets.US_ASCII);
    byte[] exif = {'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0};
    IndexedImage image =
        new IndexedImage(Palette.ofArgb(0x00010203, -1), IndexPlane.allocate(1, 1, 2));
    byte[] file =
        png(
            image,
            List.of(
                Chunk.exif(exif),
                Chunk.text("Título", "Jörg ☺"),
                Chunk.pixelsPerMetre(2835, 5669),
                Chunk.iccProfile(profile)));
    assertEquals(
        List.of("IHDR", "iCCP", "PLTE", "tRNS", "eXIf", "iTXt", "pHYs", "IDAT", "IEND"),
        TestPng.chunks(file).stream().map(TestPng.Chunk::type).toList());
    byte[] iccp = TestPng.data(file, "iCCP");
    int name = "ICC profile\0\0".length();
    assertArrayEquals(
        profile,
        new java.util.zip.InflaterInputStream(
                new ByteArrayInputStream(iccp, name, iccp.length - name))
            .readAllBytes());
    assertArrayEquals(exif, TestPng.data(file, "eXIf"));
    assertArrayEquals(
        ByteBuffer.allocate(9).putInt(2835).putInt(5669).put((byte) 1).array(),
        TestPng.data(file, "pHYs"));
    byte[] text = TestPng.data(file, "iTXt");
    int keyword = "Título".length();
    assertEquals("Título", new String(text, 0, keyword, StandardCharsets.ISO_8859_1));
    assertEquals(
        "Jörg ☺", new String(text, keyword + 5, text.length - keyword - 5, StandardCharsets.UTF_8));
  }

  @Test
  void largeImagesHaveSeveralChunksOfData() throws IOException {
    IndexPlane plane = IndexPlane.allocate(1000, 300, 256);
    new Random(5).nextBytes(plane.bytes());
    int[] greys = new int[256];
    Arrays.setAll(greys, i -> i * 0x010101);
    byte[] file = png(new IndexedImage(Palette.ofRgb(greys), plane), List.of());
    long chunks = TestPng.chunks(file).stream().filter(c -> c.type().equals("IDAT")).count();
    assertTrue(chunks > 1, chunks + " chunks");
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 1000; x++) {
        assertEquals(plane.get(x, y), read.getRaster().getSample(x, y, 0));
      }
    }
  }
}
