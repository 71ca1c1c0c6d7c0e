package dev.kmq.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code #RRGGBB} or {@code #RRGGBBAA} to ARGB. */
final class ColorValue implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    String digits = value.startsWith("#") ? value.substring(1) : value;
    if (!digits.matches("[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?")) {
      throw new TypeConversionException(
          "'" + value + "' is not a colour of the form #RRGGBB or #RRGGBBAA");
    }
    int rgb = Integer.parseInt(digits.substring(0, 6), 16);
    int alpha = digits.length() == 8 ? Integer.parseInt(digits.substring(6), 16) : 0xFF;
    return alpha << 24 | rgb;
  }

  /** Parses {@code #RRGGBB}. */
  static final class Opaque implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("#?[0-9A-Fa-f]{6}")) {
        throw new TypeConversionException("'" + value + "' is not a colour of the form #RRGGBB");
      }
      return new ColorValue().convert(value);
    }
  }
}
