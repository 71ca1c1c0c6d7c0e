package dev.kmq.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses and prints numbers of bytes, pixels and the like as people write them: {@code 20k}, {@code
 * 20 KB}, {@code 1.5M}. The prefixes k, M and G are powers of 1000; Ki, Mi and Gi are powers of
 * 1024.
 */
final class SizeValue implements ITypeConverter<Long> {
  private static final Pattern FORM =
      Pattern.compile("([+-]?\\d{1,19}(?:\\.\\d{1,9})?) ?(?:([kmg])(i?))?(?:b|px)?");

  private static final String PREFIXES = "kmg";

  @Override
  public Long convert(String value) {
    Matcher parts = FORM.matcher(value.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + value + "' is not a number such as 20000, 20k or 1.5M");
    }
    BigDecimal number = new BigDecimal(parts.group(1));
    String prefix = parts.group(2);
    if (prefix != null) {
      int base = "i".equals(parts.group(3)) ? 1024 : 1000;
      number = number.multiply(BigDecimal.valueOf(base).pow(PREFIXES.indexOf(prefix) + 1));
    }
    try {
      return number.setScale(0, RoundingMode.DOWN).longValueExact();
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + value + "' is too large");
    }
  }

  /** A number of bytes with two or three digits and a unit: {@code 912 B}, {@code 33 kB}. */
  static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= (unit == 0 ? 1000 : 999.5) && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return Decimal.of(value, unit > 0 && value < 9.95 ? 1 : 0) + " " + units[unit];
  }
}
