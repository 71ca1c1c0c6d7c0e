package dev.kmq;

import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.image.IndexedImage;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Images and options for properties, small ones first. */
final class Pictures {
  private static final Integer[] COLORS = {
    1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 254, 255, 256, 257,
    300, 511, 512, 513, 1000, 1024, 4097
  };

  private Pictures() {}

  /** An indexed image described by numbers, so that it shrinks. */
  record Spec(
      int width,
      int height,
      int colors,
      boolean alpha,
      long seed,
      Method method,
      int tileWidth,
      int tileHeight,
      List<Chunk> chunks) {
    IndexedImage image() {
      return SampleFiles.image(width, height, colors, alpha, seed);
    }

    EncodeOptions options(int threads) {
      return EncodeOptions.builder()
          .methods(method)
          .tileSize(tileWidth, tileHeight)
          .chunks(chunks)
          .threads(threads)
          .build();
    }
  }

  static Arbitrary<Spec> specs() {
    Arbitrary<Integer> sides =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(1, 40)),
            Tuple.of(1, Arbitraries.integers().between(41, 301)));
    Arbitrary<Integer> tiles = Arbitraries.of(0, 16, 32, 128);
    Arbitrary<Integer> colors =
        Arbitraries.frequencyOf(
            Tuple.of(60, Arbitraries.of(COLORS)), Tuple.of(1, Arbitraries.of(65535, 65536)));
    Arbitrary<List<Chunk>> chunks =
        Arbitraries.integers()
            .between(0, SampleFiles.CHUNKS.size())
            .map(n -> SampleFiles.CHUNKS.subList(SampleFiles.CHUNKS.size() - n, 5));
    return Combinators.combine(
            sides,
            sides,
            colors,
            Arbitraries.of(false, true),
            Arbitraries.longs(),
            Arbitraries.of(Method.values()),
            Combinators.combine(tiles, tiles).as((w, h) -> new int[] {w, h}),
            chunks)
        .as(
            (width, height, k, alpha, seed, method, tile, metadata) ->
                new Spec(width, height, k, alpha, seed, method, tile[0], tile[1], metadata))
        .withoutEdgeCases();
  }
}
