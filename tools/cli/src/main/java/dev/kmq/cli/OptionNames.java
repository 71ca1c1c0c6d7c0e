package dev.kmq.cli;

import java.util.Locale;

/** The flags and values of the command line for the options of the codec. */
final class OptionNames {
  private OptionNames() {}

  /** The flag for an option of {@link dev.kmq.EncodeOptions}. */
  static String flag(String option) {
    return switch (option) {
      case "keepColors" -> "--keep-color";
      case "methods" -> "--method";
      case "tileSize" -> "--tile";
      case "chunks" -> "--alt-palette";
      default -> "--" + option.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    };
  }

  /** The value of {@code --method} for a method, or for {@code all}. */
  static String method(String label) {
    return label.equals("all") ? MethodName.AUTO : label;
  }
}
