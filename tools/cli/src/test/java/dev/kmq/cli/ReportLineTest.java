package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.file.Inputs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportLineTest {
  private static final String MORE = "rans, 256 colours, 54.1 dB";

  private static ReportLine line(boolean toTerminal, String... names) {
    List<Inputs.Found> found =
        Stream.of(names).map(name -> new Inputs.Found(name, null, null)).toList();
    return ReportLine.of(found, toTerminal);
  }

  @Test
  void oneInput() {
    assertEquals(
        "form.png  261 kB -> 33 kB (-87 %)  " + MORE,
        line(true, "form.png").of("form.png", 261_099, 33_221, MORE));
  }

  @Test
  void severalInputsAreAligned() {
    ReportLine line = line(false, "form.png", "a.png");
    assertEquals(
        "form.png  261 kB ->  33 kB  (-87 %)  x", line.of("form.png", 261_099, 33_221, "x"));
    assertEquals("a.png        9 B ->   10 B  (+11 %)  x", line.of("a.png", 9, 10, "x"));
  }

  @Test
  void fitsATerminal() {
    String long1 = "/home/someone/pictures/holidays/2026/IMG_1234.png";
    String line = line(true, long1, "b").of(long1, 261_099, 33_221, MORE);
    assertTrue(line.startsWith("\u2026"), line);
    assertTrue(line.contains("ays/2026/IMG_1234.png  261 kB"), line);
    assertEquals(80, line.length(), line);
    String tail = "deflate, 65,536 colours in rgb, 54.1 dB";
    line = line(true, long1, "b").of(long1, 261_099, 1_357_000_000, tail);
    assertTrue(line.length() <= 80 && line.endsWith(tail), line);
    assertTrue(line(false, long1).of(long1, 261_099, 33_221, MORE).startsWith(long1 + "  "));
  }

  @Test
  void escapesOfNamesCount() {
    String name = "\u001b".repeat(10) + "abc.png";
    String line = line(true, name, "b").of(name, 261_099, 33_221, MORE);
    assertTrue(Printable.line(line).length() <= 80, line);
  }

  @ParameterizedTest
  @CsvSource({
    "100,100,+0 %",
    "100,101,+1 %",
    "1000,5,-99.5 %",
    "1000000,5,-99.9 %",
    "10,52000,+519900 %"
  })
  void savings(long before, long after, String text) {
    String line = line(false, "a").of("a", before, after, "");
    assertTrue(line.endsWith("(" + text + ")"), line);
  }

  @Test
  void anEmptyInputHasNoSaving() {
    assertEquals("a  0 B -> 5 B (was empty)", line(false, "a").of("a", 0, 5, ""));
  }
}
