package dev.kmq.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A tar archive of outputs.
 *
 * @param number from 0
 * @param sources in the order of their outputs
 */
record Shard(int number, List<Source> sources) implements Serializable {
  private static final Pattern NAME = Pattern.compile("kmq-\\d{5,}\\.tar");

  /** Copies the list. */
  Shard {
    sources = List.copyOf(sources);
  }

  String name() {
    return name(number);
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "kmq-%05d.tar", number);
  }

  /** Whether a file name is that of a shard. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
