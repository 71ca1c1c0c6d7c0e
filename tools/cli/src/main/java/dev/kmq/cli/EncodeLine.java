package dev.kmq.cli;

import dev.kmq.file.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The {@code kmq encode} command, for a shell, that writes a file of a sweep. */
final class EncodeLine {
  /** Options of a sweep that mean the same for encoding. */
  private static final List<String> SHARED =
      List.of(
          "--dither",
          "--effort",
          "--metric",
          "--keep-color",
          "--rdo",
          "--max-decoding-cost",
          "--tile",
          "--alpha",
          "--background",
          "--metadata",
          "--max-pixels",
          "--max-work");

  private EncodeLine() {}

  /**
   * The command, or null if it cannot name the input, as an entry of an archive.
   *
   * @param given the command line of the sweep
   * @param toSrgb whether colours are converted
   */
  static @Nullable String of(
      ParseResult given, Input input, int k, MethodName method, boolean toSrgb) {
    if (input.path() == null && !input.name().equals(Input.STANDARD)) {
      return null;
    }
    List<String> words = new ArrayList<>(List.of("kmq", "encode", "-k", Integer.toString(k)));
    // Also where it is the default: a .kmq would keep its own.
    words.addAll(List.of("--method", method.name()));
    for (String name : SHARED) {
      OptionSpec option = given.matchedOption(name);
      if (option != null) {
        List<String> values = option.originalStringValues();
        int last = values.size() - 1; // overrides the others
        for (String value : option.isMultiValue() ? values : List.of(values.get(last))) {
          words.addAll(List.of(name, value));
        }
      }
    }
    if (toSrgb) {
      words.add("--to-srgb");
    }
    if (input.path() == null) {
      words.addAll(List.of("-o", "image.kmq"));
    }
    String file = input.name();
    words.add(file.startsWith("-") && input.path() != null ? "./" + file : file);
    return words.stream().map(EncodeLine::quoted).collect(Collectors.joining(" "));
  }

  /** A word as POSIX shells read it. */
  private static String quoted(String word) {
    return word.matches("[\\w./:=,%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
