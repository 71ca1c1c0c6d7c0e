package dev.kmq.cli;

import dev.kmq.PaletteChoice;
import java.util.ArrayList;
import java.util.List;

/** Lists of numbers of colours such as {@code 2,3,100} or {@code 2,4,...,256}. */
final class ColorCounts {
  private static final String GOES_ON = "...";

  private ColorCounts() {}

  /**
   * Reads a list.
   *
   * @throws UsageException if it is invalid
   * @throws dev.kmq.OptionException if a number is not 1 to 65536
   */
  static List<Integer> parse(String text) {
    List<Integer> counts = new ArrayList<>();
    String[] parts = text.split(",", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].strip();
      if (!part.equals(GOES_ON)) {
        counts.add(number(part, text));
      } else if (counts.size() < 2 || i + 1 == parts.length) {
        throw new UsageException(
            "--colors " + text + ": ... needs two numbers before it and one after it");
      } else {
        goOn(counts, number(parts[i + 1].strip(), text), text);
        i++;
      }
    }
    return counts;
  }

  private static int number(String part, String text) {
    if (!part.matches("\\d{1,9}")) {
      throw new UsageException("--colors " + text + ": '" + part + "' is not a number of colours");
    }
    return PaletteChoice.computed(Integer.parseInt(part)).colors();
  }

  /**
   * Continues by the ratio of the last two numbers if that reaches the last one, else by their
   * difference.
   */
  private static void goOn(List<Integer> counts, int last, String text) {
    int a = counts.get(counts.size() - 2);
    int b = counts.get(counts.size() - 1);
    if (b <= a || last <= b) {
      throw new UsageException("--colors " + text + ": the numbers around ... must increase");
    }
    List<Integer> more = new ArrayList<>();
    int next = b;
    if (b % a == 0) {
      while (next < last) {
        next *= b / a;
        more.add(next);
      }
    }
    if (next != last || more.isEmpty()) {
      more.clear();
      for (next = b + (b - a); next <= last; next += b - a) {
        more.add(next);
      }
      if (more.isEmpty() || more.get(more.size() - 1) != last) {
        throw new UsageException("--colors " + text + ": " + last + " is not reached");
      }
    }
    counts.addAll(more);
  }
}
