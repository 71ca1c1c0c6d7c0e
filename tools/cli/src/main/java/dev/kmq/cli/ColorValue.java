package dev.kmq.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses a colour as CSS writes it to ARGB: {@code #rgb}, {@code #rgba}, {@code #rrggbb}, {@code
 * #rrggbbaa}, a name, or {@code rgb(r g b / a)}. {@code #} may be missing from six or eight digits.
 */
final class ColorValue implements ITypeConverter<Integer> {
  private static final Pattern HEX = Pattern.compile("#[0-9a-f]{3,4}|#?[0-9a-f]{6}|#?[0-9a-f]{8}");

  private static final String COMPONENT = "(\\d{1,3}(?:\\.\\d+)?%?)";

  /** Both forms of CSS: components separated by commas, or by spaces with alpha after a slash. */
  private static final Pattern FUNCTION =
      Pattern.compile(
          "rgba?\\(\\s*%1$s(\\s*,\\s*|\\s+)%1$s\\2%1$s(?:\\s*[,/]\\s*(\\d*\\.?\\d+%%?))?\\s*\\)"
              .formatted(COMPONENT));

  @Override
  public Integer convert(String value) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    Integer color = HEX.matcher(text).matches() ? Integer.valueOf(hex(text)) : function(text);
    if (color == null) {
      color = named(text);
    }
    if (color == null) {
      throw new TypeConversionException(
          "'" + value + "' is not a colour such as #rrggbb, #fff, white or rgb(255 0 0)");
    }
    return color;
  }

  private static int hex(String text) {
    String digits = text.startsWith("#") ? text.substring(1) : text;
    if (digits.length() <= 4) {
      digits = digits.replaceAll("[0-9a-f]", "$0$0");
    }
    int rgb = Integer.parseInt(digits.substring(0, 6), 16);
    int alpha = digits.length() == 8 ? Integer.parseInt(digits.substring(6), 16) : 0xFF;
    return alpha << 24 | rgb;
  }

  private static @Nullable Integer function(String text) {
    Matcher parts = FUNCTION.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    String alpha = Objects.requireNonNullElse(parts.group(5), "1");
    return component(alpha, 1) << 24
        | component(parts.group(1), 255) << 16
        | component(parts.group(3), 255) << 8
        | component(parts.group(4), 255);
  }

  /** 0 to 255 from a number of which {@code full} is the largest, or a percentage. */
  private static int component(String text, int full) {
    double part =
        text.endsWith("%")
            ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
            : Double.parseDouble(text) / full;
    return (int) Math.round(255 * Math.min(part, 1));
  }

  private static @Nullable Integer named(String name) {
    Properties names = new Properties();
    try (InputStream in = ColorValue.class.getResourceAsStream("css-colors.properties")) {
      names.load(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String digits = names.getProperty(name);
    return digits == null ? null : hex(digits);
  }

  /** Parses an opaque colour. */
  static final class Opaque implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      int color = new ColorValue().convert(value);
      if (color >>> 24 != 0xFF) {
        throw new TypeConversionException("'" + value + "' is not opaque");
      }
      return color;
    }
  }
}
