package dev.kmq;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of {@link EncodeOptions} that is out of range, or that contradicts another one. Front
 * ends whose options have other names get the message in those names from {@link #message}.
 */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)\\}");

  private final String template;

  /**
   * An exception for one option or several.
   *
   * @param template the message, with the names of options in braces; has at least one
   */
  OptionException(String template) {
    super(message(template, name -> name));
    this.template = template;
  }

  /**
   * The name of the option, the first one that the message names: {@code colors}, {@code palette},
   * {@code keepColors}, {@code transparentIndex}, {@code targetPsnr}, {@code targetBytes}, {@code
   * maxError}, {@code effort}, {@code metric}, {@code dither}, {@code rdo}, {@code methods}, {@code
   * maxDecodingCost}, {@code tileSize}, {@code threads} or {@code chunks}.
   */
  public String option() {
    return NAME.matcher(template).results().findFirst().orElseThrow().group(1);
  }

  /**
   * The message with other names for the options.
   *
   * @param names gives a name for each that {@link #option()} lists
   */
  public String message(UnaryOperator<String> names) {
    return message(template, names);
  }

  private static String message(String template, UnaryOperator<String> names) {
    return NAME.matcher(template)
        .replaceAll(name -> Matcher.quoteReplacement(names.apply(name.group(1))));
  }
}
