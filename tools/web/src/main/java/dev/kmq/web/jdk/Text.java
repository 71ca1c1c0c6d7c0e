package dev.kmq.web.jdk;

import java.util.Locale;

/**
 * {@link String#format(Locale, String, Object...)} in the root locale, with the conversions that
 * the codec's messages have: {@code %s}, {@code %d}, {@code %,d}, {@code %02x}, {@code %.2f} with
 * any number of digits up to 9, and {@code %%}. That of the compiler's library takes a sixth of the
 * module.
 */
public final class Text {
  private Text() {}

  /** Formats; in the root locale, whatever the argument is. */
  public static String format(Locale locale, String template, Object... arguments) {
    StringBuilder text = new StringBuilder();
    int next = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c != '%') {
        text.append(c);
        continue;
      }
      int start = ++i;
      while (",.0123456789".indexOf(template.charAt(i)) >= 0) {
        i++;
      }
      String flags = template.substring(start, i);
      char conversion = template.charAt(i);
      if (conversion == '%') {
        text.append('%');
      } else {
        text.append(converted(flags, conversion, arguments[next++]));
      }
    }
    return text.toString();
  }

  /** {@link String#formatted}, in the root locale. */
  public static String formatted(String template, Object... arguments) {
    return format(Locale.ROOT, template, arguments);
  }

  private static String converted(String flags, char conversion, Object value) {
    if (conversion == 's' && flags.isEmpty()) {
      return String.valueOf(value);
    }
    if (conversion == 'd' && (flags.isEmpty() || flags.equals(","))) {
      String digits = Long.toString(((Number) value).longValue());
      return flags.isEmpty() ? digits : grouped(digits);
    }
    if (conversion == 'f' && flags.length() == 2 && flags.charAt(0) == '.') {
      return fixed(((Number) value).doubleValue(), flags.charAt(1) - '0');
    }
    if (conversion == 'x' && flags.equals("02")) {
      String digits = Integer.toHexString(((Number) value).intValue());
      return digits.length() < 2 ? "0" + digits : digits;
    }
    throw new IllegalArgumentException("conversion %" + flags + conversion);
  }

  private static String grouped(String digits) {
    StringBuilder text = new StringBuilder(digits);
    int first = digits.startsWith("-") ? 1 : 0;
    for (int at = digits.length() - 3; at > first; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /** Rounds half up, as the JDK does, the decimal digits that {@code Double.toString} gives. */
  private static String fixed(double value, int places) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity";
    }
    String shortest = Double.toString(Math.abs(value));
    int exponentAt = shortest.indexOf('E');
    int exponent = exponentAt < 0 ? 0 : Integer.parseInt(shortest.substring(exponentAt + 1));
    String mantissa = exponentAt < 0 ? shortest : shortest.substring(0, exponentAt);
    int point = mantissa.indexOf('.');
    StringBuilder digits = new StringBuilder(mantissa).deleteCharAt(point);
    int whole = point + exponent; // digits before the point
    for (; whole < 1; whole++) {
      digits.insert(0, '0');
    }
    int length = whole + places;
    while (digits.length() < length + 1) {
      digits.append('0');
    }
    boolean up = digits.charAt(length) >= '5';
    digits.setLength(length);
    for (int i = length - 1; up && i >= 0; i--) {
      up = digits.charAt(i) == '9';
      digits.setCharAt(i, up ? '0' : (char) (digits.charAt(i) + 1));
    }
    if (up) {
      digits.insert(0, '1');
      whole++;
    }
    if (places > 0) {
      digits.insert(whole, '.');
    }
    boolean negative = value < 0 || value == 0 && 1 / value < 0;
    return negative ? "-" + digits : digits.toString();
  }
}
