package dev.kmq;

import java.util.function.UnaryOperator;

/**
 * A value of {@link EncodeOptions} that is out of range or contradicts another one. Front ends with
 * other names for the options get the message in those names from {@link #message}.
 */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The message, with the names of options and methods marked. */
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
   * {@return the name of the option, the first one in the message: {@code colors}, {@code palette},
   * {@code keepColors}, {@code transparentIndex}, {@code targetPsnr}, {@code targetBytes}, {@code
   * maxError}, {@code effort}, {@code metric}, {@code dither}, {@code rdo}, {@code methods}, {@code
   * maxDecodingCost}, {@code tileSize}, {@code threads} or {@code chunks}}
   */
  public String option() {
    int open = template.indexOf('{');
    return template.substring(open + 1, template.indexOf('}', open)).replace("=", "");
  }

  /**
   * {@return the message with other names for the options and the methods}
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
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', end)) {
      text.append(template, end, open);
      end = template.indexOf('}', open) + 1;
      String name = template.substring(open + 1, end - 1);
      boolean isMethod = name.startsWith("=");
      text.append(isMethod ? methods.apply(name.substring(1)) : options.apply(name));
    }
    return text.append(template, end, template.length()).toString();
  }
}
