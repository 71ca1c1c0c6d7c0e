package dev.kmq;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the number of colours of a {@linkplain PaletteChoice.Computed computed palette} is chosen
 * for, up to its {@link PaletteChoice.Computed#colors()}.
 */
public sealed interface Target {
  /**
   * The fewest colours found whose PSNR is at least this.
   *
   * @param decibels as {@link dev.kmq.image.ColorError} measures it; with alpha, on black and on
   *     white
   */
  record Psnr(double decibels) implements Target {
    /**
     * Checks the range.
     *
     * @throws OptionException if {@code decibels} is not above 0, infinite, or NaN
     */
    public Psnr {
      if (!(decibels > 0) || Double.isInfinite(decibels)) {
        throw new OptionException("{targetPsnr} must be above 0 dB and finite, not " + decibels);
      }
    }
  }

  /**
   * The most colours found whose file is no larger than this.
   *
   * @param bytes of the whole file
   */
  record Bytes(long bytes) implements Target {
    /**
     * Checks the range.
     *
     * @throws OptionException if {@code bytes} is below 1
     */
    public Bytes {
      if (bytes < 1) {
        throw new OptionException("{targetBytes} must be at least 1, not " + bytes);
      }
    }
  }

  /**
   * A target from two settings of which at most one is set.
   *
   * @throws OptionException if both are set, or the one that is set is out of range
   */
  static Optional<Target> of(@Nullable Double psnr, @Nullable Long bytes) {
    if (psnr != null && bytes != null) {
      throw new OptionException("{targetPsnr} cannot be combined with {targetBytes}");
    }
    return psnr != null ? Optional.of(new Psnr(psnr)) : Optional.ofNullable(bytes).map(Bytes::new);
  }
}
