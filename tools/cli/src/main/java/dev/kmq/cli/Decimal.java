package dev.kmq.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Prints decimals as {@code String.format} does, whose first call takes several milliseconds. */
final class Decimal {
  private Decimal() {}

  /**
   * A number with a fixed number of digits after the point, as by {@code %.1f}.
   *
   * @param value not negative
   */
  static String of(double value, int digits) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString()
        : String.format(Locale.ROOT, "%f", value);
  }
}
