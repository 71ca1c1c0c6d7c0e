package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EncodeOptionsTest {
  @Test
  void defaults() {
    EncodeOptions options = EncodeOptions.builder().build();
    assertEquals(256, options.colors());
    assertEquals(Method.PACKED, options.method());
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
    DecodeOptions.Builder decode = DecodeOptions.builder();
    assertThrows(IllegalArgumentException.class, () -> decode.threads(-1));
    assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, -1, 1));
  }
}
