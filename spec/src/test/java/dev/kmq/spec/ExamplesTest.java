package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Blocks of the text that neither its listings contain nor {@code traces.py} computes: an example
 * byte by byte, and tables that the listings repeat.
 */
final class ExamplesTest {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** The first block after a phrase. */
  private static String blockAfter(String phrase) throws IOException {
    Pattern pattern =
        Pattern.compile("(?s)" + Pattern.quote(phrase) + ".*?\\n *```\\w*\\n(.*?)\\n *```");
    Matcher block = pattern.matcher(Files.readString(Specification.TEXT));
    assertTrue(block.find(), phrase);
    return block.group(1);
  }

  @Test
  void thePackedExampleHasTheBytesOfItsVector() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Pattern line = Pattern.compile("^ *(\\d+)(?:  ((?:[0-9a-f]{2} )+) +\\S.*)?$");
    for (String row : blockAfter("### 14.1 Packed").split("\\n", -1)) {
      Matcher fields = line.matcher(row);
      assertTrue(fields.matches(), row);
      assertEquals(bytes.size(), Integer.parseInt(fields.group(1)), row);
      if (fields.group(2) != null) {
        bytes.write(HexFormat.of().parseHex(fields.group(2).replace(" ", "")));
      }
    }
    Path vector = Path.of("vectors/valid/example.kmq");
    assertArrayEquals(Files.readAllBytes(vector), bytes.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"knot(0) to knot(48) are:, KNOTS, 49", "step(0) to step(15):, STEPS, 16"})
  void tablesAreThoseOfTheListings(String phrase, String name, int length) throws IOException {
    Matcher listed =
        Pattern.compile("(?s)\\n" + name + " = \\[(.*?)\\]")
            .matcher(Files.readString(Specification.TEXT));
    assertTrue(listed.find(), name);
    List<String> expected = numbers(listed.group(1));
    assertEquals(length, expected.size());
    assertEquals(expected, numbers(blockAfter(phrase)));
  }

  private static List<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(number -> number.group()).toList();
  }
}
