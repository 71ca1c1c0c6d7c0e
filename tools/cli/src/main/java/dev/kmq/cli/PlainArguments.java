package dev.kmq.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads arguments in their plain form without picocli, whose reflection on annotations takes longer
 * than encoding an icon. What is not plain, such as help, joined letters and mistakes, is left to
 * picocli; what is plain gives the same values.
 */
final class PlainArguments {
  /** More digits could be too large. */
  private static final int MOST_DIGITS = 9;

  private final String[] words;
  private int next = 1;

  /** The value after {@code =}, or null. */
  private @Nullable String attached;

  private PlainArguments(String[] words) {
    this.words = words;
  }

  /** The command that arguments name, with its options; null if picocli has to read them. */
  static @Nullable Callable<Integer> command(KmqCommand kmq, String[] words) {
    try {
      return switch (words[0]) {
        case "encode" -> {
          EncodeCommand encode = new EncodeCommand();
          encode.kmq = kmq;
          yield new PlainArguments(words).read(encode, encode.inputs);
        }
        case "decode" -> {
          DecodeCommand decode = new DecodeCommand();
          decode.kmq = kmq;
          yield new PlainArguments(words).read(decode, decode.inputs);
        }
        case "info" -> {
          InfoCommand info = new InfoCommand();
          info.kmq = kmq;
          yield new PlainArguments(words).read(info, info.inputs);
        }
        case "check" -> {
          CheckCommand check = new CheckCommand();
          check.kmq = kmq;
          yield new PlainArguments(words).read(check, check.inputs);
        }
        default -> null;
      };
    } catch (IllegalArgumentException | TypeConversionException e) {
      return null; // picocli states what is wrong
    }
  }

  private @Nullable Callable<Integer> read(Callable<Integer> command, InputOptions inputs) {
    while (next < words.length) {
      String word = words[next++];
      if (word.isEmpty()) {
        return null;
      }
      if (word.charAt(0) != '-' || word.length() == 1) {
        inputs.arguments.add(word);
        continue;
      }
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      attached = equals < 0 ? null : word.substring(equals + 1);
      if (!PlainOptions.set(command, equals < 0 ? word : word.substring(0, equals), this)) {
        return null;
      }
    }
    return inputs.arguments.isEmpty() ? null : command;
  }

  /** The value of an option without one. */
  boolean flag() {
    if (attached != null) {
      throw new IllegalArgumentException(attached);
    }
    return true;
  }

  /** The value of the option that was last read. */
  String text() {
    String value = attached;
    if (value == null) {
      if (next == words.length) {
        throw new IllegalArgumentException("no value");
      }
      value = words[next++];
    }
    if (value.isEmpty() || value.length() > 1 && value.charAt(0) == '-') {
      throw new IllegalArgumentException(value);
    }
    return value;
  }

  Path path() {
    return Path.of(text());
  }

  int integer() {
    return Integer.parseInt(number(false));
  }

  double real() {
    return Double.parseDouble(number(true));
  }

  private String number(boolean real) {
    String text = text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i == MOST_DIGITS || (c < '0' || c > '9') && (c != '.' || !real)) {
        throw new IllegalArgumentException(text);
      }
    }
    return text;
  }

  /** One of these values, in any case. */
  <E extends Enum<E>> E oneOf(E[] values) {
    String text = text();
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(text);
  }
}
