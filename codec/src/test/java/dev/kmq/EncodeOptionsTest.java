package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Dither;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EncodeOptionsTest {
  @Test
  void defaults() {
    EncodeOptions options = EncodeOptions.builder().build();
    assertEquals(256, options.colors());
    assertEquals(List.of(Method.PACKED), options.methods());
    assertEquals(Runtime.getRuntime().availableProcessors(), options.threads());
    assertEquals(List.of(), options.chunks());
    assertEquals(ColorSpace.SRGB, options.colorSpace());
    assertEquals(Tiling.standard(5000, 5000), options.tiling(5000, 5000));
  }

  @Test
  void optionsStayAsTheyWereBuilt() {
    List<Chunk> chunks = new ArrayList<>(List.of(Chunk.iccProfile(new byte[9])));
    EncodeOptions.Builder builder = EncodeOptions.builder().colors(7).chunks(chunks);
    EncodeOptions options = builder.tileSize(0, 64).build();
    chunks.clear();
    builder.colors(8).tileSize(16, 16);
    assertEquals(7, options.colors());
    assertEquals(1, options.chunks().size());
    assertEquals(ColorSpace.ICC, options.colorSpace());
    assertEquals(Tiling.of(100, 100, 0, 64), options.tiling(100, 100));
  }

  @Test
  void refusesValuesOutOfRange() {
    EncodeOptions.Builder builder = EncodeOptions.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.colors(0));
    assertThrows(IllegalArgumentException.class, () -> builder.colors(65537));
    assertThrows(IllegalArgumentException.class, () -> builder.threads(0));
    assertThrows(IllegalArgumentException.class, () -> builder.tileSize(10, 16));
    assertThrows(IllegalArgumentException.class, () -> builder.keepColors(1, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> builder.keepColors(0x00FFFFFF, 0));
    DecodeOptions.Builder decode = DecodeOptions.builder();
    assertThrows(IllegalArgumentException.class, () -> decode.threads(-1));
    assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, -1, 1, 1, 1));
  }

  @Test
  void autoTriesTheMethodsWithinTheCost() {
    assertEquals(List.of(Method.values()), EncodeOptions.builder().autoMethod().build().methods());
    assertEquals(List.of(Method.PACKED), EncodeOptions.builder().autoMethod(1).build().methods());
    int deflate = Method.DEFLATE.decodingCost();
    assertEquals(
        List.of(Method.PACKED, Method.DEFLATE),
        EncodeOptions.builder().autoMethod(deflate).build().methods());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> EncodeOptions.builder().autoMethod(0));
    assertEquals("maxDecodingCost is at least 1, not 0", e.getMessage());
  }

  @Test
  void refusesContradictions() {
    int[] three = {0xFF000001, 0xFF000002, 0xFF000003};
    EncodeOptions.Builder tooMany = EncodeOptions.builder().colors(2).keepColors(three);
    assertThrows(IllegalArgumentException.class, tooMany::build);
    EncodeOptions.Builder given = EncodeOptions.builder().palette(Palette.ofRgb(three));
    assertEquals(Optional.of(Palette.ofRgb(three)), given.build().palette());
    assertThrows(IllegalArgumentException.class, () -> given.keepColors(three).build());
    EncodeOptions.Builder aimed = EncodeOptions.builder().palette(Palette.ofRgb(three));
    assertThrows(IllegalArgumentException.class, () -> aimed.targetPsnr(30).build());
    EncodeOptions.Builder both = EncodeOptions.builder().targetPsnr(30).targetBytes(1000);
    assertThrows(IllegalArgumentException.class, both::build);
  }

  @Test
  void transparentKeptColoursAreOne() {
    EncodeOptions options = EncodeOptions.builder().keepColors(0x00FFFFFF, 0xFFFFFFFF).build();
    assertEquals(List.of(0, 0xFFFFFFFF), options.keepColors());
  }

  @Test
  void rdoNeedsAMethodThatCodesByContext() {
    EncodeOptions.Builder rans = EncodeOptions.builder().method(Method.RANS).rdo(10);
    assertEquals(10, rans.build().rdo().getAsDouble());
    EncodeOptions.builder().autoMethod().rdo(10).build();
    for (double lambda : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> EncodeOptions.builder().rdo(lambda));
    }
    EncodeOptions.Builder packed = EncodeOptions.builder().rdo(10);
    assertThrows(IllegalArgumentException.class, packed::build);
    assertThrows(IllegalArgumentException.class, () -> packed.method(Method.DEFLATE).build());
    EncodeOptions.Builder dithered =
        EncodeOptions.builder().method(Method.RANS).rdo(10).dither(Dither.BLUE_NOISE);
    assertThrows(IllegalArgumentException.class, dithered::build);
    EncodeOptions.Builder oklab =
        EncodeOptions.builder().method(Method.RANS).rdo(10).metric(Metric.OKLAB);
    assertThrows(IllegalArgumentException.class, oklab::build);
  }
}
