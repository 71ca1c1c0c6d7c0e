package dev.kmq.web.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextTest {
  private static final Pattern CONVERSION = Pattern.compile("%([-#+ 0,(.\\d]*)([a-zA-Z%])");

  /** A string literal of the sources, and those that are joined to it. */
  private static final Pattern LITERALS =
      Pattern.compile("(?:\"(?:[^\"\\\\\\n]|\\\\.)*\"\\s*\\+?\\s*)+");

  private static final List<Path> SOURCES =
      List.of(
          Path.of("../../codec/src/main/java"),
          Path.of("../metrics/src/main/java"),
          Path.of("../pictures/src/main/java/dev/kmq/png"),
          Path.of("src/main/java/dev/kmq/web"));

  /** All templates that the compiled classes format. */
  private static Set<String> templates() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path root : SOURCES) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String source = Files.readString(file).replaceAll("(?m)^\\s*(//|\\*|/\\*).*$", "");
          if (!source.contains("String.format(") && !source.contains(".formatted(")) {
            continue;
          }
          Matcher literals = LITERALS.matcher(source);
          while (literals.find()) {
            String template = literals.group().replaceAll("\"\\s*\\+?\\s*\"?", "");
            if (CONVERSION.matcher(template).find()) {
              found.add(template);
            }
          }
        }
      }
    }
    return found;
  }

  @Test
  void everyTemplateOfTheCodecIsAsTheJdks() throws IOException {
    Set<String> templates = templates();
    assertTrue(templates.size() > 25, templates.toString());
    Random random = new Random(1);
    for (String template : templates) {
      for (int i = 0; i < 20; i++) {
        Object[] arguments = arguments(template, random);
        String expected = String.format(Locale.ROOT, template, arguments);
        assertEquals(expected, Text.format(Locale.GERMANY, template, arguments));
        assertEquals(expected, Text.formatted(template, arguments));
      }
    }
  }

  private static Object[] arguments(String template, Random random) {
    List<Object> arguments = new ArrayList<>();
    Matcher conversions = CONVERSION.matcher(template);
    while (conversions.find()) {
      switch (conversions.group(2)) {
        case "d" ->
            arguments.add(
                random.nextBoolean()
                    ? random.nextInt() >> random.nextInt(32)
                    : random.nextLong() >> random.nextInt(64));
        case "x" -> arguments.add(random.nextInt(256) >> random.nextInt(8));
        case "f" -> arguments.add(Math.scalb(random.nextDouble() - 0.5, random.nextInt(40) - 10));
        case "s" -> arguments.add(random.nextBoolean() ? "a %d" : List.of(1, 2));
        case "%" -> {}
        default -> throw new AssertionError(template);
      }
    }
    return arguments.toArray();
  }

  @Test
  void numbersAreAsTheJdks() {
    Random random = new Random(2);
    List<Double> values =
        new ArrayList<>(List.of(0.0, -0.0, 0.5, 1.5, 2.5, 0.05, 0.15, 0.25, 9.995));
    values.addAll(List.of(999.999, 1e-9, 1e15, 1e22, 1.005, Double.NaN, Double.NEGATIVE_INFINITY));
    for (int i = 0; i < 5000; i++) {
      values.add(Math.scalb(random.nextDouble() - 0.5, random.nextInt(60) - 20));
    }
    for (double value : values) {
      for (String template : List.of("%.0f", "%.1f", "%.2f", "%.6f|")) {
        assertEquals(
            String.format(Locale.ROOT, template, value), Text.formatted(template, value), template);
      }
    }
    for (long value : new long[] {0, -1, 999, 1000, -1000, 123456, Long.MIN_VALUE}) {
      assertEquals(
          String.format(Locale.ROOT, "%,d %d", value, value),
          Text.formatted("%,d %d", value, value));
    }
  }

  @Test
  void otherConversionsAreRefused() {
    for (String template : List.of("%5d", "%x", "%f", "%08d")) {
      assertThrows(IllegalArgumentException.class, () -> Text.formatted(template, 1.0));
    }
  }
}
