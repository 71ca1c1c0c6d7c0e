package dev.kmq.index;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * A plane and its palette for a property, in numbers, so that a failure shrinks to a small one:
 * {@code @ForAll(supplier = Tile.Any.class) Tile tile}.
 *
 * @param kind of {@link Planes#plane}, 0 to 5
 */
public record Tile(int width, int height, int colors, int kind, long seed) {
  /** Up to 70x50 pixels of every kind and number of colours. */
  public static final class Any implements ArbitrarySupplier<Tile> {
    @Override
    public Arbitrary<Tile> get() {
      return upTo(70, 50);
    }
  }

  /** Up to 20x20 pixels of every kind and number of colours. */
  public static final class Small implements ArbitrarySupplier<Tile> {
    @Override
    public Arbitrary<Tile> get() {
      return upTo(20, 20);
    }
  }

  private static Arbitrary<Tile> upTo(int width, int height) {
    return Combinators.combine(
            Arbitraries.integers().between(1, width),
            Arbitraries.integers().between(1, height),
            Arbitraries.integers().between(0, 15).map(Planes::colors).withoutEdgeCases(),
            Arbitraries.integers().between(0, 5).withoutEdgeCases(),
            Arbitraries.longs().withoutEdgeCases())
        .as(Tile::new);
  }

  /** The palette, the same at every call. */
  public Palette palette() {
    return Planes.palette(colors, new Random(seed));
  }

  /** The plane, the same at every call. */
  public IndexPlane plane() {
    return Planes.plane(width, height, colors, kind, new Random(~seed));
  }

  /** Numbers for anything else that a property needs. */
  public Random random() {
    return new Random(31 * seed);
  }
}
