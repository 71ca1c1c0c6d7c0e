package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Method;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KmqEncoderTest {
  /** Computes its pixels and notes what is asked of it. */
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

  /** 2^23 pixels would take 32 MiB at once; only bands of them are ever asked for. */
  @Test
  void picturesStreamBandByBand() throws IOException {
    for (Method method : new Method[] {Method.PACKED, Method.DEFLATE}) {
      Gradient pixels = new Gradient(2048, 4096);
      EncodeOptions options =
          EncodeOptions.builder().colors(16).method(method).tileSize(512, 256).threads(2).build();
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
    List<Integer> seen = new ArrayList<>();
    assertThrows(
        UnsupportedOperationException.class,
        () ->
            new KmqEncoder(options)
                .write(
                    image,
                    OutputStream.nullOutputStream(),
                    rows -> {
                      seen.add(rows);
                      if (rows == 32) {
                        throw new UnsupportedOperationException();
                      }
                    }));
    assertEquals(List.of(16, 32), seen);
  }
}
