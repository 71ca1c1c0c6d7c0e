package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The help of a command is short and has every option. */
class HelpTest {
  @ParameterizedTest
  @CsvSource({
    "encode,62",
    "decode,40",
    "info,25",
    "check,25",
    "sweep,44",
    "palette,40",
    "compare,20"
  })
  void isShort(String verb, int lines) {
    List<String> help = CommandTest.kmq(verb, "--help").out().lines().toList();
    assertTrue(help.size() <= lines, () -> help.size() + " lines");
    help.forEach(line -> assertTrue(line.length() <= 80, line));
    String inputs = verb.equals("compare") ? "A B" : "IN...";
    assertEquals("Usage: kmq " + verb + " [OPTIONS] " + inputs, help.get(0));
  }

  @ParameterizedTest
  @CsvSource({"encode", "decode", "info", "check", "sweep", "palette", "compare"})
  void namesEveryOptionOnce(String verb) throws ReflectiveOperationException {
    String name = Character.toUpperCase(verb.charAt(0)) + verb.substring(1) + "Command";
    List<String> options = new ArrayList<>(List.of("--help"));
    collect(Class.forName("dev.kmq.cli." + name), options);
    assertTrue(options.size() > 6, "options of " + verb);
    String help = CommandTest.kmq(verb, "--help").out();
    for (String option : options) {
      String line = " {2}(-., | {4})" + option + "([= ].*)?";
      assertEquals(1, help.lines().filter(l -> l.matches(line)).count(), option);
    }
  }

  private static void collect(Class<?> type, List<String> options) {
    for (Field field : type.getDeclaredFields()) {
      Option option = field.getAnnotation(Option.class);
      if (option != null) {
        options.add(option.names()[option.names().length - 1]);
      } else if (field.isAnnotationPresent(Mixin.class)) {
        collect(field.getType(), options);
      }
    }
  }

  @Test
  void frequentOptionsComeFirst() {
    List<String> headings =
        CommandTest.kmq("encode", "--help")
            .out()
            .lines()
            .filter(l -> l.matches("[A-Z][a-z ]+:"))
            .toList();
    assertEquals(
        List.of(
            "Common options:",
            "Palette and colours:",
            "Size and quality:",
            "Files:",
            "Reports and limits:"),
        headings);
  }
}
