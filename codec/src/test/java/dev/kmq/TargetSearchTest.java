package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.concurrent.Work;
import dev.kmq.container.Header;
import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSearchTest {
  private static final PixelSource SMOOTH = smooth();

  private static PixelSource smooth() {
    int[] argb = new int[64 * 48];
    Random random = new Random(4);
    for (int i = 0; i < argb.length; i++) {
      int x = i % 64;
      int y = i / 64;
      argb[i] = 0xFF000000 | 4 * x << 16 | 5 * y << 8 | (2 * x + 2 * y + random.nextInt(8) & 0xFF);
    }
    return PixelSource.of(64, 48, argb);
  }

  private static double psnr(IndexedImage image) {
    return ColorError.of(SMOOTH, image.pixels(), 0).psnr();
  }

  @ParameterizedTest
  @ValueSource(doubles = {15, 25, 33})
  void psnrIsReachedWithFewColours(double target) {
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withTarget(new Target.Psnr(target)))
            .build();
    IndexedImage image = new KmqEncoder(options).quantize(SMOOTH);
    assertTrue(psnr(image) >= target);
    int fewer = image.palette().size() - 1;
    IndexedImage below =
        new KmqEncoder(EncodeOptions.builder().colors(fewer).build()).quantize(SMOOTH);
    assertTrue(psnr(below) < target, fewer + " colours give " + psnr(below));
  }

  @ParameterizedTest
  @ValueSource(longs = {414, 500, 1500, 2500})
  void bytesAreNotExceeded(long target) throws Exception {
    for (Method method : Method.values()) {
      EncodeOptions options =
          EncodeOptions.builder()
              .palette(PaletteChoice.computed(256).withTarget(new Target.Bytes(target + 8)))
              .methods(method)
              .build();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      new KmqEncoder(options).encode(SMOOTH, file);
      assertTrue(file.size() <= target + 8, method + ": " + file.size());
    }
  }

  @Test
  void packedBytesGiveTheMostColoursThatFit() {
    long size = 32 + 3 * 11 + 64 * 48 / 2;
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withTarget(new Target.Bytes(size)))
            .build();
    assertEquals(11, new KmqEncoder(options).quantize(SMOOTH).palette().size());
  }

  @Test
  void whatCannotBeReachedIsSaid() {
    EncodeOptions psnr =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(4).withTarget(new Target.Psnr(40)))
            .build();
    String message =
        assertThrows(UnreachableTargetException.class, () -> new KmqEncoder(psnr).quantize(SMOOTH))
            .getMessage();
    assertEquals("cannot reach 40.00 dB: 4 colours (the limit) give 18.06 dB", message);
    EncodeOptions bytes =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withTarget(new Target.Bytes(34)))
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(
        "cannot fit into 34 bytes: the smallest file, with 1 colour, has 35 bytes (packed)",
        assertThrows(
                UnreachableTargetException.class, () -> new KmqEncoder(bytes).encode(SMOOTH, out))
            .getMessage());
    assertEquals(0, out.size());
    EncodeOptions oneFits =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withTarget(new Target.Bytes(421)))
            .build();
    assertEquals(1, new KmqEncoder(oneFits).quantize(SMOOTH).palette().size());
    PixelSource flat = PixelSource.of(2, 2, new int[] {1, 1, 1, 1});
    assertEquals(1, new KmqEncoder(oneFits).quantize(flat).palette().size());
    EncodeOptions error = EncodeOptions.builder().colors(4).maxError(3).build();
    assertThrows(UnreachableTargetException.class, () -> new KmqEncoder(error).quantize(SMOOTH));
    EncodeOptions lax = EncodeOptions.builder().colors(4).maxError(442).build();
    assertEquals(4, new KmqEncoder(lax).quantize(SMOOTH).palette().size());
  }

  @Test
  void adviceOnTheMaximumErrorHelps() {
    EncodeOptions.Builder options =
        EncodeOptions.builder().colors(4).maxError(3).methods(Method.RANS);
    assertAdvice("try more colours", options);
    assertAdvice("try more colours, or a smaller lambda of rdo", options.rdo(10));
    EncodeOptions.Builder dithered =
        EncodeOptions.builder().colors(4).maxError(3).dither(Dither.BAYER);
    assertAdvice("try more colours, or no dithering", dithered);
    EncodeOptions.Builder targets = EncodeOptions.builder().maxError(3);
    PaletteChoice.Computed computed = PaletteChoice.computed(256);
    assertAdvice(
        "try a higher target PSNR", targets.palette(computed.withTarget(new Target.Psnr(20))));
    assertAdvice(
        "try a larger target in bytes",
        targets.palette(computed.withTarget(new Target.Bytes(800))));
    assertAdvice(
        "try a palette with colours nearer to those of the image",
        targets.palette(PaletteChoice.given(Palette.ofRgb(0, 0xFFFFFF))));
  }

  private static void assertAdvice(String advice, EncodeOptions.Builder options) {
    String message = String.valueOf(unreachable(options.build()).getMessage());
    assertEquals(advice, message.substring(message.indexOf("; ") + 2));
  }

  @Test
  void whatCannotBeReachedHasItsNumbers() {
    UnreachableTargetException psnr =
        unreachable(
            EncodeOptions.builder()
                .palette(PaletteChoice.computed(4).withTarget(new Target.Psnr(40)))
                .build());
    assertEquals("targetPsnr", psnr.option());
    assertEquals(40, psnr.wanted().getAsDouble());
    double reached =
        psnr(new KmqEncoder(EncodeOptions.builder().colors(4).build()).quantize(SMOOTH));
    assertEquals(reached, psnr.reached().getAsDouble(), 1e-9);
    assertEquals(4, psnr.colors().getAsInt());

    UnreachableTargetException bytes =
        unreachable(
            EncodeOptions.builder()
                .palette(PaletteChoice.computed(256).withTarget(new Target.Bytes(34)))
                .build());
    assertEquals("targetBytes", bytes.option());
    assertEquals(34, bytes.wanted().getAsDouble());
    assertEquals(32 + 3, bytes.reached().getAsDouble());
    assertEquals(1, bytes.colors().getAsInt());

    UnreachableTargetException error =
        unreachable(EncodeOptions.builder().colors(4).maxError(3).build());
    assertEquals("maxError", error.option());
    assertEquals(3, error.wanted().getAsDouble());
    assertTrue(error.reached().getAsDouble() > 10);
    assertEquals(4, error.colors().getAsInt());

    UnreachableTargetException index =
        unreachable(
            EncodeOptions.builder()
                .palette(PaletteChoice.computed(256).withTransparentIndex(0))
                .build());
    assertEquals("transparentIndex", index.option());
    assertTrue(index.wanted().isEmpty() && index.reached().isEmpty() && index.colors().isEmpty());
  }

  @Test
  void anErrorThatRdoMakesIsAnsweredWithASmallerLambda() {
    EncodeOptions plain = EncodeOptions.builder().colors(4).maxError(3).build();
    EncodeOptions rdo =
        EncodeOptions.builder().colors(4).maxError(3).methods(Method.RANS).rdo(1000).build();
    assertFalse(refusal(plain).contains("lambda"));
    assertTrue(refusal(rdo).contains("smaller lambda of rdo"));
  }

  private static String refusal(EncodeOptions options) {
    return String.valueOf(unreachable(options).getMessage());
  }

  private static UnreachableTargetException unreachable(EncodeOptions options) {
    return assertThrows(
        UnreachableTargetException.class, () -> new KmqEncoder(options).quantize(SMOOTH));
  }

  /** Counts the files written by quantising for a target, and by writing the result. */
  @Test
  void theFileThatMetTheTargetIsWrittenAndNotMadeAgain() throws Exception {
    for (Method method : Method.values()) {
      EncodeOptions options =
          EncodeOptions.builder()
              .palette(PaletteChoice.computed(256).withTarget(new Target.Bytes(1500)))
              .methods(method)
              .build();
      KmqEncoder encoder = new KmqEncoder(options);
      List<Double> reported = new ArrayList<>();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      List<Integer> writes = new ArrayList<>();
      OutputStream out =
          new OutputStream() {
            @Override
            public void write(int b) {
              writes.add(1);
              file.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
              writes.add(length);
              file.write(bytes, offset, length);
            }
          };
      Header header = encoder.encode(SMOOTH, out, Work.onThreads(1).withProgress(reported::add));
      assertEquals(List.of(file.size()), writes, "all of it at once, as it was kept");
      assertEquals(reported.stream().sorted().distinct().toList(), reported);
      assertEquals(1, reported.get(reported.size() - 1));
      IndexedImage image = encoder.quantize(SMOOTH);
      assertEquals(image.palette(), header.palette());
      assertEquals(method, header.method());
      byte[] again = Kmq.encode(image, EncodeOptions.builder().methods(method).build());
      assertArrayEquals(again, file.toByteArray());
    }
  }

  @Test
  void aGivenPaletteIsKeptUnchanged() {
    int[] rgb = {0xFFFFFF, 0x123456, 0x123456, 0x000000};
    EncodeOptions options =
        EncodeOptions.builder().palette(PaletteChoice.given(Palette.ofRgb(rgb))).build();
    IndexedImage image = new KmqEncoder(options).quantize(SMOOTH);
    assertEquals(Palette.ofRgb(rgb), image.palette());
    int[] argb = image.toArgb();
    assertArrayEquals(argb, new KmqEncoder(options).quantize(image.pixels()).toArgb());
  }
}
