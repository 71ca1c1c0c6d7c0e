package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.SampleFiles;
import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KmqWriterTest {
  @Test
  void writesTheWorkedExample() {
    Palette palette = Palette.ofRgb(0x0000FF, 0xFFFFFF, 0xFF0000);
    IndexPlane plane = IndexPlane.ofBytes(3, 2, new byte[] {0, 1, 2, 0, 1, 2}, 0, 3);
    byte[] file = Kmq.encode(new IndexedImage(palette, plane), EncodeOptions.builder().build());
    assertEquals(
        "cb4b4d510d0a1a0a01000000000000030000000200020000"
            + "0000ffffffffff00004f6f192518601b6bb866",
        HexFormat.of().formatHex(file));
  }

  /** No tile grows by more than the four bytes of its length; shared tables come on top. */
  @ParameterizedTest
  @EnumSource(Method.class)
  void noiseIsPackedAfterAll(Method method) throws IOException {
    Random random = new Random(1);
    for (int colors : new int[] {2, 20, 256, 300, 4096}) {
      IndexPlane plane = IndexPlane.allocate(50, 40, colors);
      for (int i = 0; i < 2000; i++) {
        plane.set(i % 50, i / 50, random.nextInt(colors));
      }
      IndexedImage image = new IndexedImage(SampleFiles.palette(colors, false, random), plane);
      EncodeOptions.Builder options = EncodeOptions.builder().tileSize(16, 16);
      int packed = Kmq.encode(image, options.build()).length;
      byte[] file = Kmq.encode(image, options.methods(method).build());
      int tablesAt = Format.HEADER_BYTES + 3 * colors + Format.CRC_BYTES;
      int tables = method.sharesTables() ? 4 + Format.getInt(file, tablesAt) + 4 : 0;
      assertTrue(file.length <= packed + tables + 4 * 4 * 3, file.length + " > " + packed);
      assertEquals(image.palette(), Kmq.decode(file).palette());
    }
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void planesOfEitherWidthGiveTheSameFile(Method method) {
    for (int colors : new int[] {2, 3, 20, 256, 257, 1000}) {
      Random random = new Random(colors);
      IndexPlane narrow = IndexPlane.allocate(40, 20, 2);
      for (int i = 0; i < 800; i++) {
        narrow.set(i % 40, i / 40, random.nextInt(4) * random.nextInt(Math.min(colors, 256)) / 4);
      }
      IndexPlane wide = IndexPlane.ofShorts(40, 20, new short[20 * 50 + 7], 7, 50);
      wide.copyFrom(narrow);
      Palette palette = SampleFiles.palette(colors, false, random);
      EncodeOptions options = EncodeOptions.builder().methods(method).tileSize(16, 16).build();
      assertArrayEquals(
          Kmq.encode(new IndexedImage(palette, narrow), options),
          Kmq.encode(new IndexedImage(palette, wide), options),
          "K = " + colors);
    }
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void refusesIndicesBeyondThePalette(Method method) {
    IndexPlane plane = IndexPlane.allocate(40, 20, 3);
    IndexedImage image = new IndexedImage(Palette.ofRgb(1, 2, 3), plane);
    plane.set(33, 3, 3);
    for (int threads = 1; threads <= 2; threads++) {
      EncodeOptions options =
          EncodeOptions.builder().methods(method).tileSize(16, 16).threads(threads).build();
      IllegalArgumentException mistake =
          assertThrows(IllegalArgumentException.class, () -> Kmq.encode(image, options));
      String message = String.valueOf(mistake.getMessage());
      assertTrue(message.contains("index 3 in tile 2"), message);
    }
  }

  @Test
  void reportsEveryBandOfTiles() throws IOException {
    assertEquals(List.of(16.0, 32.0, 48.0, 64.0, 70.0), reported(Method.DEFLATE, 70, 1));
    assertEquals(List.of(256.0, 512.0, 560.0), reported(Method.MIX, 560, 2));
    assertEquals(List.of(560.0), reported(Method.MIX, 560, 8));
    assertEquals(List.of(16.0, 32.0, 48.0, 64.0, 70.0), reported(Method.PACKED, 70, 8));
  }

  @Test
  void aFirstPassForTablesIsReportedToo() throws IOException {
    assertEquals(
        List.of(6.4, 12.8, 19.2, 25.6, 28.0, 37.6, 47.2, 56.8, 66.4, 70.0),
        reported(Method.RANS, 70, 1));
  }

  /** The rows written, in rows of tiles of 16. */
  private static List<Double> reported(Method method, int height, int threads) throws IOException {
    IndexedImage image = SampleFiles.image(40, height, 20, false, 1);
    EncodeOptions options = EncodeOptions.builder().methods(method).tileSize(0, 16).build();
    List<Double> rows = new ArrayList<>();
    Work work =
        Work.onThreads(threads)
            .withProgress(done -> rows.add(Math.round(done * height * 1e5) / 1e5));
    new KmqEncoder(options).write(image, OutputStream.nullOutputStream(), work);
    return rows;
  }

  @Test
  void readsOneRowOfTilesAtATimeOrEightTilesForEachThread() throws IOException {
    List<Integer> single = List.of(16, 16, 16, 16, 6);
    assertEquals(single, bands(40, 70, Method.PACKED, 0, 8));
    assertEquals(single, bands(40, 70, Method.DEFLATE, 0, 1));
    assertEquals(single, bands(300, 70, Method.DEFLATE, 16, 2), "19 tiles a row");
    assertEquals(List.of(256, 256, 48), bands(40, 560, Method.DEFLATE, 0, 2));
    assertEquals(List.of(560), bands(40, 560, Method.DEFLATE, 0, 8));
    assertEquals(List.of(96, 96, 8), bands(40, 200, Method.DEFLATE, 16, 2), "3 tiles a row");
    int width = 1 << 18; // a row of tiles has 2^22 pixels, a band at most 2^23
    assertEquals(List.of(32, 32, 6), bands(width, 70, Method.DEFLATE, 0, 8));
  }

  private static List<Integer> bands(
      int width, int height, Method method, int tileWidth, int threads) throws IOException {
    List<Integer> bands = new ArrayList<>();
    Palette palette = Palette.ofRgb(1, 2, 3);
    IndexSource source =
        new IndexSource() {
          private int next;

          @Override
          public int width() {
            return width;
          }

          @Override
          public int height() {
            return height;
          }

          @Override
          public Palette palette() {
            return palette;
          }

          @Override
          public IndexPlane rows(int y, int rows) {
            assertEquals(next, y);
            next = y + rows;
            bands.add(rows);
            return IndexPlane.allocate(width, rows, 3);
          }
        };
    EncodeOptions options =
        EncodeOptions.builder().methods(method).tileSize(tileWidth, 16).threads(threads).build();
    new KmqEncoder(options).write(source, OutputStream.nullOutputStream());
    return bands;
  }

  @Test
  void aBrokenTargetIsReported() {
    OutputStream full =
        new OutputStream() {
          private int left = 200;

          @Override
          public void write(int b) throws IOException {
            if (--left < 0) {
              throw new IOException("no space left");
            }
          }
        };
    IndexedImage image = SampleFiles.image(100, 100, 20, false, 1);
    EncodeOptions options =
        EncodeOptions.builder().methods(Method.DEFLATE).tileSize(16, 16).threads(2).build();
    IOException failure =
        assertThrows(IOException.class, () -> new KmqEncoder(options).write(image, full));
    assertEquals("no space left", failure.getMessage());
  }

  @Test
  void refusesWhatNoReaderWouldAccept() {
    Palette palette = Palette.ofRgb(1, 2, 3);
    Tiling tiling = Tiling.full(9, 9);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Chunk physical = Chunk.pixelsPerMetre(1, 1);
    Header bare = Header.plain(Method.PACKED, palette, ColorSpace.SRGB, tiling, false);
    Header rich = Header.plain(Method.PACKED, palette, ColorSpace.SRGB, tiling, true);
    Header profiled = Header.plain(Method.PACKED, palette, ColorSpace.ICC, tiling, true);
    Header large =
        Header.plain(
            Method.PACKED,
            palette,
            ColorSpace.SRGB,
            Tiling.full(Integer.MAX_VALUE, Integer.MAX_VALUE),
            false);
    Header many =
        Header.plain(
            Method.PACKED,
            palette,
            ColorSpace.SRGB,
            Tiling.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 16, 16),
            false);
    refuse(() -> new KmqWriter(out, bare, List.of(physical), Work.onThreads(1)));
    refuse(() -> new KmqWriter(out, rich, List.of(), Work.onThreads(1)));
    refuse(() -> new KmqWriter(out, rich, List.of(physical, physical), Work.onThreads(1)));
    refuse(
        () -> new KmqWriter(out, rich, List.of(Chunk.of("TeSt", new byte[0])), Work.onThreads(1)));
    refuse(() -> new KmqWriter(out, profiled, List.of(physical), Work.onThreads(1)));
    refuse(() -> new KmqWriter(out, large, List.of(), Work.onThreads(1)));
    refuse(() -> new KmqWriter(out, many, List.of(), Work.onThreads(1)));
    refuse(() -> new KmqWriter(out, bare, List.of(), Work.onThreads(0)));
    IndexedImage other = SampleFiles.image(9, 9, 3, false, 1);
    refuse(() -> new KmqWriter(out, bare, List.of(), Work.onThreads(1)).write(other));
    assertEquals(0, out.size(), "nothing is written before a refusal");
  }

  private interface Mistake {
    void make() throws IOException;
  }

  private static void refuse(Mistake mistake) {
    assertThrows(IllegalArgumentException.class, mistake::make);
  }
}
