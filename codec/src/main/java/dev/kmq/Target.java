package dev.kmq;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A target for the number of colours of a {@linkplain PaletteChoice.Computed computed palette},
 * which is at most its {@link PaletteChoice.Computed#colors()}.
 */
public sealed interface Target {
  /**
   * Uses the smallest K found whose PSNR is at least this.
   *
   * @param decibels as {@link dev.kmq.image.ColorError} measures it; with alpha, on black and on
   *     white
   */
  record Psnr(double decibels) implements Target {
    /**
     * Checks the range.
     *
     * @param decibels above 0, finite
     * @throws OptionException if {@code decibels} is not above 0, infinite, or NaN
     */
    public Psnr {
      if (!(decibels > 0) || Double.isInfinite(decibels)) {
        throw new OptionException(
            "{targetPsnr} must be above 0 dB and finite, not " + OptionException.number(decibels));
      }
    }
  }

  /**
   * An upper limit on the file size; the encoder uses the largest K found that fits.
   *
   * @param bytes of the whole file
   */
  record Bytes(long bytes) implements Target {
    /**
     * Checks the range.
     *
     * @param bytes of the whole file, at least 1
     * @throws OptionException if {@code bytes} is below 1
     */
    public Bytes {
      if (bytes < 1) {
        throw new OptionException("{targetBytes} must be at least 1, not " + bytes);
      }
    }
  }

  /**
   * {@return a target from two settings of which at most one is set}
   *
   * @param psnr in dB, or null
   * @param bytes the size of the file, or null
   * @throws OptionException if both are set, or the one that is set is out of range
   */
  static Optional<Target> of(@Nullable Double psnr, @Nullable Long bytes) {
    if (psnr != null && bytes != null) {
      throw new OptionException("{targetPsnr} cannot be combined with {targetBytes}");
    }
    return psnr != null ? Optional.of(new Psnr(psnr)) : Optional.ofNullable(bytes).map(Bytes::new);
  }
}
