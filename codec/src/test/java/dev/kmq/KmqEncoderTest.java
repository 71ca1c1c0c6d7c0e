package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.concurrent.Work;
import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KmqEncoderTest {
  /** Computes its pixels and records the requests. */
  private static final class Gradient implements PixelSource {
    final List<Integer> asked = new ArrayList<>();
    private final int width;
    private final int height;

    Gradient(int width, int height) {
      this.width = width;
      this.height = height;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public int height() {
      return height;
    }

    @Override
    public void readRows(int y, int rows, int[] target) {
      assertTrue(y >= 0 && rows >= 1 && y + rows <= height);
      asked.add(rows);
      for (int i = 0; i < rows * width; i++) {
        int row = y + i / width;
        target[i] = 0xFF000000 | (row >>> 4) << 16 | (i % width >>> 6) << 8;
      }
    }
  }

  /** 2^23 pixels would take 32 MiB at once; only bands of them are ever requested. */
  @Test
  void imagesAreStreamedBandByBand() throws IOException {
    for (Method method : new Method[] {Method.PACKED, Method.DEFLATE}) {
      Gradient pixels = new Gradient(2048, 4096);
      EncodeOptions options =
          EncodeOptions.builder().colors(16).methods(method).tileSize(512, 256).threads(2).build();
      new KmqEncoder(options).encode(pixels, OutputStream.nullOutputStream());
      int most = pixels.asked.stream().mapToInt(Integer::intValue).max().orElseThrow();
      assertTrue(most <= 512, most + " rows asked for at once");
      long all = pixels.asked.stream().mapToLong(Integer::longValue).sum();
      assertEquals(0, all % 4096, "whole passes");
    }
  }

  @Test
  void theHalvesGiveTheWhole() throws IOException {
    EncodeOptions options = EncodeOptions.builder().colors(5).tileSize(32, 32).build();
    KmqEncoder encoder = new KmqEncoder(options);
    Gradient pixels = new Gradient(200, 100);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    encoder.encode(pixels, whole);
    IndexedImage image = encoder.quantize(pixels);
    assertEquals(encoder.palette(pixels), image.palette());
    assertArrayEquals(whole.toByteArray(), Kmq.encode(image, options));
    assertArrayEquals(whole.toByteArray(), Kmq.encode(pixels, options));
  }

  @Test
  void progressMayStopTheWriting() {
    EncodeOptions options = EncodeOptions.builder().tileSize(16, 16).threads(2).build();
    IndexedImage image = SampleFiles.image(64, 64, 9, false, 1);
    List<Double> seen = new ArrayList<>();
    Work work =
        Work.onThreads(2)
            .withProgress(
                done -> {
                  seen.add(done);
                  if (done == 0.5) {
                    throw new UnsupportedOperationException();
                  }
                });
    assertThrows(
        UnsupportedOperationException.class,
        () -> new KmqEncoder(options).write(image, OutputStream.nullOutputStream(), work));
    assertEquals(List.of(0.25, 0.5), seen);
  }

  private static PixelSource ramp(int width, int height, int color) {
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = 0xFF000000 | color * (i * 256 / argb.length);
    }
    return PixelSource.of(width, height, argb);
  }

  private static long reds(Palette palette) {
    return IntStream.of(palette.toArgb()).filter(c -> (c >>> 16 & 0xFF) > (c & 0xFF)).count();
  }

  @Test
  void oneLargeImageDoesNotDominateASmallOne() {
    PixelSource red = ramp(600, 500, 0x010000);
    PixelSource blue = ramp(30, 20, 0x000001);
    KmqEncoder encoder = new KmqEncoder(EncodeOptions.builder().colors(16).build());
    long equal = reds(encoder.palette(List.of(red, blue)));
    assertTrue(equal >= 7 && equal <= 9, "of equal weight: " + equal);
    long few = reds(encoder.palette(List.of(red, blue), new double[] {1, 1000}));
    long many = reds(encoder.palette(List.of(red, blue), new double[] {0.5, 0.0005}));
    assertTrue(few >= 1 && few < 5, "of little weight: " + few);
    assertTrue(many > 11 && many <= 15, "of much weight: " + many);
  }

  @Test
  void theOrderOfImagesDoesNotMatter() {
    PixelSource red = ramp(60, 50, 0x010000);
    PixelSource blue = ramp(30, 20, 0x000001);
    PixelSource grey = ramp(40, 40, 0x010101);
    KmqEncoder encoder = new KmqEncoder(EncodeOptions.builder().colors(20).build());
    assertEquals(
        encoder.palette(List.of(red, blue, grey)), encoder.palette(List.of(grey, red, blue)));
    assertEquals(encoder.palette(red), encoder.palette(List.of(red)));
  }

  @Test
  void wrongWeightsAreRefused() {
    PixelSource red = ramp(6, 5, 0x010000);
    KmqEncoder encoder = new KmqEncoder(EncodeOptions.builder().build());
    assertThrows(IllegalArgumentException.class, () -> encoder.palette(List.of()));
    for (double[] weights :
        new double[][] {{}, {1, 2}, {0}, {-1}, {Double.NaN}, {Double.POSITIVE_INFINITY}}) {
      assertThrows(IllegalArgumentException.class, () -> encoder.palette(List.of(red), weights));
    }
  }

  @Test
  void metricAndKeptColoursReachTheIndices() {
    PixelSource grey = ramp(64, 64, 0x010101);
    EncodeOptions.Builder builder =
        EncodeOptions.builder().palette(PaletteChoice.computed(6).withKeepColors(0xFFFF0000, 0));
    IndexedImage rgb = new KmqEncoder(builder.build()).quantize(grey);
    IndexedImage oklab = new KmqEncoder(builder.metric(Metric.OKLAB).build()).quantize(grey);
    for (IndexedImage image : List.of(rgb, oklab)) {
      assertEquals(6, image.palette().size());
      assertEquals(0xFFFF0000, image.palette().argb(0));
      assertEquals(0, image.palette().argb(1));
    }
    assertNotEquals(rgb.palette(), oklab.palette());
  }

  @ParameterizedTest
  @EnumSource
  void rdoTradesErrorForBytes(Metric metric) throws IOException {
    Random random = new Random(3);
    int[] argb = new int[120 * 90];
    for (int i = 0; i < argb.length; i++) {
      int level = (i % 120 + i / 120) % 256;
      int noisy = Math.min(255, level + random.nextInt(12));
      argb[i] = 0xFF000000 | noisy << 16 | level << 8 | 255 - noisy;
    }
    PixelSource pixels = PixelSource.of(120, 90, argb);
    EncodeOptions.Builder plain =
        EncodeOptions.builder().colors(64).methods(Method.RANS).metric(metric);
    int last = Kmq.encode(pixels, plain.build()).length;
    double lastError = 0;
    for (double lambda : new double[] {1, 20, 400}) {
      byte[] file = Kmq.encode(pixels, plain.rdo(lambda).threads(1).build());
      assertArrayEquals(file, Kmq.encode(pixels, plain.threads(3).build()));
      double error = ColorError.of(pixels, Kmq.decode(file).pixels(), 0).mse();
      assertTrue(file.length < last, file.length + " bytes at lambda " + lambda);
      assertTrue(error > lastError);
      last = file.length;
      lastError = error;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rdoLeavesKeptColoursAlone(Metric metric) {
    int[] argb = new Random(1).ints(900).map(c -> c | 0xFF000000).toArray();
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(20).withKeepColors(0xFF123456, 0xFFABCDEF))
            .methods(Method.RANS)
            .metric(metric)
            .rdo(50)
            .build();
    Palette palette = new KmqEncoder(options).quantize(PixelSource.of(30, 30, argb)).palette();
    assertEquals(0xFF123456, palette.argb(0));
    assertEquals(0xFFABCDEF, palette.argb(1));
  }
}
