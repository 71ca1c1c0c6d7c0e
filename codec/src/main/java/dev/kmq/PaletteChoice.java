package dev.kmq;

import dev.kmq.image.Palette;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Where the palette of a file comes from: {@link #computed(int)} or {@link #given}. Immutable. */
public sealed interface PaletteChoice {
  /**
   * {@return a palette that is computed from the pixels}
   *
   * @param colors the maximum number of colours, K: 1 to 65536. An image with fewer keeps exactly
   *     those
   * @throws OptionException if it is out of range
   */
  static Computed computed(int colors) {
    return Computed.DEFAULT.withColors(colors);
  }

  /**
   * {@return a palette whose entries and order are kept} It should have an entry of alpha 0 if the
   * image has transparent pixels, and one of alpha 255 if it has opaque ones; {@link
   * dev.kmq.image.AlphaLoss} counts the pixels affected.
   *
   * @param palette 1 to 65536 entries
   */
  static Given given(Palette palette) {
    return new Given(palette);
  }

  /**
   * {@return a choice from settings of both kinds, for front ends with one flat list of options}
   *
   * @param palette the palette to use, or null to compute one; if not null, {@link
   *     Computed#colors()} is ignored
   * @param computed the settings of a computed palette
   * @throws OptionException if there is a palette together with a setting of computed palettes
   */
  static PaletteChoice of(@Nullable Palette palette, Computed computed) {
    if (palette == null) {
      return computed;
    }
    Optional<String> other =
        computed.target().map(t -> t instanceof Target.Psnr ? "targetPsnr" : "targetBytes");
    if (computed.transparentIndex().isPresent()) {
      other = Optional.of("transparentIndex");
    }
    if (!computed.keepColors().isEmpty()) {
      other = Optional.of("keepColors");
    }
    if (other.isPresent()) {
      throw new OptionException("{palette} cannot be combined with {" + other.get() + "}");
    }
    return given(palette);
  }

  /**
   * A given palette.
   *
   * @param palette entries and order are kept
   */
  record Given(Palette palette) implements PaletteChoice {
    /**
     * Checks that it is not null.
     *
     * @param palette entries and order are kept
     */
    public Given {
      Objects.requireNonNull(palette, "palette");
    }
  }

  /** A computed palette; each {@code with} method returns a copy. */
  final class Computed implements PaletteChoice {
    private static final Computed DEFAULT =
        new Computed(256, List.of(), OptionalInt.empty(), Optional.empty());

    private final int colors;
    private final List<Integer> keepColors;
    private final OptionalInt transparentIndex;
    private final Optional<Target> target;

    private Computed(
        int colors,
        List<Integer> keepColors,
        OptionalInt transparentIndex,
        Optional<Target> target) {
      this.colors = colors;
      this.keepColors = keepColors;
      this.transparentIndex = transparentIndex;
      this.target = target;
    }

    /** {@return the maximum number of colours, K; 256 by default} */
    public int colors() {
      return colors;
    }

    /**
     * {@return ARGB of the colours that are the first entries, unchanged and in this order; none by
     * default} If they use up {@link #colors()}, transparent or opaque pixels may lack an entry;
     * {@link dev.kmq.image.AlphaLoss} counts the pixels affected.
     */
    public List<Integer> keepColors() {
      return keepColors;
    }

    /**
     * {@return the index of the fully transparent entry, often 0; the others keep their order,
     * {@link #keepColors()} first} By default the entry is not moved. An image without such an
     * entry, or with fewer entries, is refused with an {@link UnreachableTargetException}. Images
     * that are already indexed keep their order: {@link dev.kmq.image.Reindexing} changes it.
     */
    public OptionalInt transparentIndex() {
      return transparentIndex;
    }

    /**
     * {@return the target that the number of colours must meet; empty by default, which uses as
     * many as allowed}
     */
    public Optional<Target> target() {
      return target;
    }

    /**
     * {@return a copy with another {@link #colors()}}
     *
     * @param value K, 1 to 65536
     * @throws OptionException if not 1 to 65536
     */
    public Computed withColors(int value) {
      if (value < 1 || value > Palette.MAX_SIZE) {
        throw new OptionException("{colors} must be 1 to 65536, not " + value);
      }
      return new Computed(value, keepColors, transparentIndex, target);
    }

    /**
     * {@return a copy with other {@link #keepColors()}}
     *
     * @param argb straight alpha, 0xFF for opaque colours; all fully transparent ones count as
     *     0x00000000
     * @throws OptionException if a colour occurs twice
     */
    public Computed withKeepColors(int... argb) {
      List<Integer> kept = new ArrayList<>();
      for (int color : Objects.requireNonNull(argb, "argb")) {
        kept.add(color >>> 24 == 0 ? 0 : color);
      }
      if (new HashSet<>(kept).size() < argb.length) {
        throw new OptionException(
            "{keepColors} must not contain a colour twice (all colours of alpha 0 are the same)");
      }
      return new Computed(colors, List.copyOf(kept), transparentIndex, target);
    }

    /**
     * {@return a copy with a {@link #transparentIndex()}}
     *
     * @param index 0 to 65535, below the number of colours
     * @throws OptionException if not 0 to 65535
     */
    public Computed withTransparentIndex(int index) {
      if (index < 0 || index >= Palette.MAX_SIZE) {
        throw new OptionException("{transparentIndex} must be 0 to 65535, not " + index);
      }
      return new Computed(colors, keepColors, OptionalInt.of(index), target);
    }

    /**
     * {@return a copy with a {@link #target()}}
     *
     * @param value a PSNR or a size
     */
    public Computed withTarget(Target value) {
      Objects.requireNonNull(value, "target");
      return new Computed(colors, keepColors, transparentIndex, Optional.of(value));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Computed c
          && c.colors == colors
          && c.keepColors.equals(keepColors)
          && c.transparentIndex.equals(transparentIndex)
          && c.target.equals(target);
    }

    @Override
    public int hashCode() {
      return Objects.hash(colors, keepColors, transparentIndex, target);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "Computed[colors=%d, keepColors=%s, transparentIndex=%s, target=%s]",
          colors,
          keepColors,
          transparentIndex,
          target);
    }

    /** Refuses settings that contradict each other, in whatever order they were set. */
    void check() {
      if (keepColors.size() > colors) {
        throw new OptionException(
            String.format(
                Locale.ROOT,
                "{keepColors} has %d colours, more than {colors} = %d",
                keepColors.size(),
                colors));
      }
      if (transparentIndex.isPresent() && transparentIndex.getAsInt() >= colors) {
        throw new OptionException(
            String.format(
                Locale.ROOT,
                "{transparentIndex} must be below {colors} = %d, not %d",
                colors,
                transparentIndex.getAsInt()));
      }
    }
  }
}
