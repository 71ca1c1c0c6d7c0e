package dev.kmq;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of {@link EncodeOptions} that is out of range or contradicts another one. Front ends with
 * other names for the options get the message in those names from {@link #message}.
 */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The name of an option, or after an equals sign that of a method. */
  private static final Pattern NAME = Pattern.compile("\\{(=?)(\\w+)\\}");

  private final String template;

  /**
   * An exception for one or more options.
   *
   * @param template the message, with at least one option name, each in braces; names of methods
   *     are in braces after an equals sign
   */
  OptionException(String template) {
    super(message(template, name -> name, method -> method));
    this.template = template;
  }

  /**
   * The name of the option, the first one in the message: {@code colors}, {@code palette}, {@code
   * keepColors}, {@code transparentIndex}, {@code targetPsnr}, {@code targetBytes}, {@code
   * maxError}, {@code effort}, {@code metric}, {@code dither}, {@code rdo}, {@code methods}, {@code
   * maxDecodingCost}, {@code tileSize}, {@code threads} or {@code chunks}.
   */
  public String option() {
    return NAME.matcher(template).results().findFirst().orElseThrow().group(2);
  }

  /**
   * The message with other names for the options and the methods.
   *
   * @param options maps each name that {@link #option()} lists to another
   * @param methods maps each {@link dev.kmq.container.Method#label()}, and {@code all} for all
   *     methods
   */
  public String message(UnaryOperator<String> options, UnaryOperator<String> methods) {
    return message(template, options, methods);
  }

  /** A number as users write it: without a fraction if it is an integer. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String message(
      String template, UnaryOperator<String> options, UnaryOperator<String> methods) {
    return NAME.matcher(template)
        .replaceAll(
            name -> {
              UnaryOperator<String> names = name.group(1).isEmpty() ? options : methods;
              return Matcher.quoteReplacement(names.apply(name.group(2)));
            });
  }
}
