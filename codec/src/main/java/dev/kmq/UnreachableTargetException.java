package dev.kmq;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A target of the options that an image cannot meet. For numeric targets the exception has the
 * wanted value and the nearest one reached, in the unit of the option.
 */
public final class UnreachableTargetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The name of the option. */
  private final String option;

  /** The value of the option, or NaN. */
  private final double wanted;

  /** The nearest value reached, or NaN. */
  private final double reached;

  /** The number of colours, or 0. */
  private final int colors;

  /**
   * For a target that is not a quantity.
   *
   * @param option the name of the option
   * @param message what was not reached
   */
  public UnreachableTargetException(String option, String message) {
    this(option, message, Double.NaN, Double.NaN, 0);
  }

  /**
   * For a numeric target.
   *
   * @param option the name of the option
   * @param message what was not reached
   * @param wanted the value of the option
   * @param reached the nearest value that was reached
   * @param colors the number of colours that it was reached with, at least 1
   */
  public UnreachableTargetException(
      String option, String message, double wanted, double reached, int colors) {
    super(message);
    this.option = option;
    this.wanted = wanted;
    this.reached = reached;
    this.colors = colors;
  }

  /**
   * {@return the name of the option as in {@link EncodeOptions}: {@code targetPsnr}, {@code
   * targetBytes}, {@code maxError} or {@code transparentIndex}}
   */
  public String option() {
    return option;
  }

  /**
   * {@return the value of the option: dB, bytes, or a distance; empty for {@code transparentIndex}}
   */
  public OptionalDouble wanted() {
    return Double.isNaN(wanted) ? OptionalDouble.empty() : OptionalDouble.of(wanted);
  }

  /**
   * {@return the nearest value reached: the PSNR with the most colours allowed, the bytes with the
   * fewest, or the largest error; empty for {@code transparentIndex}}
   */
  public OptionalDouble reached() {
    return Double.isNaN(reached) ? OptionalDouble.empty() : OptionalDouble.of(reached);
  }

  /**
   * {@return the number of colours with which it was reached; empty for {@code transparentIndex}}
   */
  public OptionalInt colors() {
    return colors == 0 ? OptionalInt.empty() : OptionalInt.of(colors);
  }
}
