package dev.kmq.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a number of decibels, with or without {@code dB}. */
final class DecibelValue implements ITypeConverter<Double> {
  @Override
  public Double convert(String value) {
    if (!value.matches("(?i)[+-]?\\d+(\\.\\d+)? ?(db)?")) {
      throw new TypeConversionException("'" + value + "' is not a number of decibels such as 38");
    }
    return Double.valueOf(value.replaceAll("(?i) ?db", ""));
  }
}
