package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Plain arguments have the values that picocli gives them. */
class PlainArgumentsTest {
  private static final List<String> VERBS = List.of("encode", "decode", "info", "check");

  /** A value for each option, and some for none. */
  private static final List<String> VALUES =
      List.of(
          "5",
          "0.5",
          "64x32",
          "full",
          "Drop",
          "#102030",
          "white",
          "rgb",
          "fast",
          "none",
          "RANS",
          "20k",
          "spatial",
          "38 dB",
          "1,2,3,4",
          "all",
          "a=b.gpl",
          "x.kmq",
          "a b",
          "-",
          "--",
          "-1",
          "-r",
          "007",
          "1e3",
          "+3",
          "12345678901",
          ".",
          "\u00e4",
          "@file",
          "=",
          "true",
          "\"q\"",
          "*.png");

  private static CommandLine picocli() {
    return KmqCommand.commandLine(
        new Terminal(
            InputStream.nullInputStream(),
            Terminal.utf8(OutputStream.nullOutputStream()),
            Terminal.utf8(OutputStream.nullOutputStream()),
            false,
            false,
            false,
            false));
  }

  private static final CommandLine MODEL = picocli();

  private static CommandSpec spec(String verb) {
    return Objects.requireNonNull(MODEL.getSubcommands().get(verb)).getCommandSpec();
  }

  private static @Nullable Callable<Integer> plain(List<String> words) {
    KmqCommand kmq = MODEL.getCommand();
    return PlainArguments.command(kmq, words.toArray(String[]::new));
  }

  /** The command as picocli sets it up; null if it refuses the words or does something else. */
  private static @Nullable Object parsed(List<String> words) {
    CommandLine line = picocli();
    try {
      CommandLine.ParseResult result = line.parseArgs(words.toArray(String[]::new));
      boolean help = result.subcommand().isUsageHelpRequested();
      return help ? null : result.subcommand().commandSpec().userObject();
    } catch (ParameterException e) {
      return null;
    }
  }

  /** All values of a command and of the objects that hold its options. */
  private static Map<String, Object> values(Object command) {
    Map<String, Object> values = new TreeMap<>();
    addValues("", command, values);
    return values;
  }

  private static void addValues(String prefix, Object object, Map<String, Object> values) {
    for (Field field : object.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType() == KmqCommand.class) {
        continue;
      }
      try {
        field.setAccessible(true);
        Object value = field.get(object);
        String name = prefix + field.getName();
        if (value != null && value.getClass().getSimpleName().matches("\\w+Options?")) {
          addValues(name + ".", value, values);
        } else {
          values.put(name, String.valueOf(value));
        }
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
  }

  private static void assertSame(List<String> words) {
    Callable<Integer> plain = plain(words);
    if (plain != null) {
      Object expected = parsed(words);
      assertNotNull(expected, () -> "picocli refuses " + words);
      assertEquals(expected.getClass(), plain.getClass());
      assertEquals(values(expected), values(plain), words::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"encode", "decode", "info", "check"})
  void everyOptionIsRead(String verb) {
    Map<String, Object> defaults = values(Objects.requireNonNull(parsed(List.of(verb, "in"))));
    for (OptionSpec option : spec(verb).options()) {
      if (option.usageHelp()) {
        continue;
      }
      for (String name : option.names()) {
        boolean read = false;
        for (String value : option.arity().max() == 0 ? List.of("") : VALUES) {
          List<String> words = new ArrayList<>(List.of(verb, name));
          if (!value.isEmpty()) {
            words.add(value);
          }
          words.add("in");
          assertSame(words);
          assertSame(List.of(verb, name + "=" + value, "in"));
          Callable<Integer> plain = plain(words);
          read |= plain != null && !values(plain).equals(defaults);
        }
        assertTrue(read, "PlainOptions lacks " + name + " of " + verb);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--include=--", "--include=-x", "--name=--force"})
  void attachedValuesThatLookLikeOptionsAreLeftToPicocli(String word) {
    assertNull(plain(List.of("encode", "in", word)));
  }

  @Property(tries = 400)
  void valuesAreThoseOfPicocli(@ForAll("commands") List<String> words) {
    assertSame(words);
  }

  @Provide
  Arbitrary<List<String>> commands() {
    return Arbitraries.of(VERBS)
        .flatMap(
            verb ->
                words(verb)
                    .list()
                    .ofMaxSize(6)
                    .map(
                        some -> {
                          List<String> all = new ArrayList<>(List.of(verb));
                          some.forEach(all::addAll);
                          return all;
                        }));
  }

  /** An option with or without a value, or an input. */
  private static Arbitrary<List<String>> words(String verb) {
    List<String> names = new ArrayList<>();
    spec(verb).options().forEach(option -> names.addAll(List.of(option.names())));
    names.addAll(List.of("--palete", "-fq", "-k16", "-"));
    Arbitrary<String> name = Arbitraries.of(names);
    Arbitrary<String> value = Arbitraries.of(VALUES);
    return Arbitraries.frequencyOf(
        Tuple.of(3, name.map(List::of)),
        Tuple.of(4, name.flatMap(n -> value.map(v -> List.of(n, v)))),
        Tuple.of(2, name.flatMap(n -> value.map(v -> List.of(n + "=" + v)))),
        Tuple.of(3, value.map(List::of)));
  }
}
