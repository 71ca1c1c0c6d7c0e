package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A full disk is a failure of the output, not of the input. */
class FullDiskTest extends CommandTest {
  private static final Path FULL = Path.of("/dev/full");
  private static final String REASON =
      "the disk is full; free some space, or write to another disk";

  private Path image;

  @BeforeEach
  void inputs() throws IOException {
    assumeTrue(Files.exists(FULL), "a system with /dev/full");
    image = png("a.png", noise(200, 150, 1));
    assertEquals(0, kmq("encode", "-q", image, "-o", folder.resolve("a.kmq")).exit());
  }

  private Path full(String name) throws IOException {
    return Files.createSymbolicLink(folder.resolve(name), FULL);
  }

  private Run run(String command, Path output) {
    List<Object> arguments = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      arguments.add(word.startsWith("a.") ? folder.resolve(word) : word);
    }
    arguments.add(output);
    return kmq(arguments.toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "encode -q -f a.png -o, x.kmq",
    "decode -q -f a.kmq -o, x.png",
    "decode -q -f a.kmq -o, x.jpg",
    "decode -q -f a.kmq -o, x.tif",
    "thumbnail a.png -o, x.png",
    "palette -f a.png -o, x.gpl",
  })
  void theOutputOfAnInputIsNamed(String command, String name) throws IOException {
    Path output = full(name);
    Run run = run(command, output);
    assertEquals(1, run.exit());
    String input = command.contains("a.kmq") ? "a.kmq" : "a.png";
    assertEquals(
        "kmq: %s: output %s: %s\n".formatted(folder.resolve(input), output, REASON), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "compare -q -f a.png a.kmq --report, x.html",
    "sweep -q -f -k 4 a.png --report, x.html",
    "sweep -q -f -k 4 a.png --csv, x.csv",
    "encode -q -f a.png -o, x.zip",
    "encode -q -f a.png -o, x.tar.gz",
    "decode -q -f a.kmq -o, x.tar",
  })
  void reportsAndArchivesAreNamedOnce(String command, String name) throws IOException {
    Path output = full(name);
    Run run = run(command, output);
    assertEquals(1, run.exit());
    assertEquals("kmq: %s: %s\n".formatted(output, REASON), run.err());
  }

  @Test
  void errorsInJsonNameIt() throws IOException {
    Path output = full("x.kmq");
    Run run = kmq("encode", "-f", "--json", image, "-o", output);
    // The output is no file, so that the report goes to standard error.
    String error = "\"error\":\"output " + output + ": " + REASON + "\"";
    assertTrue(run.err().contains(error), run.err());
    assertFalse(run.err().contains("No space left"), run.err());
  }
}
