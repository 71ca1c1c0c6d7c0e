package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultOptionsTest extends CommandTest {
  private int colors(String defaults, Object... args) throws IOException {
    Path picture = png("a.png", noise(20, 20, 1));
    Object[] all = Stream.concat(Stream.of("encode", "-f", picture), Stream.of(args)).toArray();
    Run run = kmqWithDefaults(defaults, all);
    assertEquals(0, run.exit(), run.err());
    return Kmq.read(folder.resolve("a.kmq")).palette().size();
  }

  @Test
  void argumentsWin() throws IOException {
    assertEquals(8, colors("-k 8"));
    assertEquals(8, colors(" --colors=8\t--dither 'floyd-steinberg' "));
    assertEquals(8, colors("-k8"));
    assertEquals(5, colors("-k 8", "-k", 5));
    assertEquals(2, colors("-k 8", "--palette", "bw"));
    assertEquals(2, colors("--palette \"bw\""));
    assertEquals(4, colors("--palette bw", "-k4"));
    assertEquals(9, colors("--small -k 9", "--method", "packed"));
    assertEquals(256, colors(""));
  }

  /** Every default yields to a command line that it contradicts. */
  @ParameterizedTest
  @CsvSource({
    "--format png,-o x.kmq",
    "--tile 64x64,-o x.png",
    "--method mix,-o x.png",
    "--small,-o x.png",
    "-k 512,-o x.png",
    "-k 64 --dither spatial,--rdo 2",
    "--palette bw,--target-psnr 5",
    "--target-psnr 90,--target-bytes 20k",
    "--update,-o z.zip",
    "--update -k 5,-f",
    "-fv -k 7,--skip-existing",
    "--keep-suffix,--name x",
    "--name x,-o x.kmq",
    "--background red,-k 3",
    "--alpha drop --background red,--alpha keep",
  })
  void defaultsYieldToTheCommandLine(String defaults, String arguments) throws IOException {
    Path picture = png("a.png", noise(20, 20, 1));
    Object[] own =
        Stream.of(arguments.split(" ", -1))
            .map(word -> word.matches("[xz]\\.\\w+") ? folder.resolve(word) : word)
            .toArray();
    Object[] all = Stream.concat(Stream.of("encode", picture), Stream.of(own)).toArray();
    Run run = kmqWithDefaults(defaults, all);
    assertEquals(0, run.exit(), run.err());
    assertFalse(run.err().contains("Try"), run.err());
    assertEquals(2, files().size(), files()::toString);
  }

  @Test
  void onlyWhatContradictsIsDropped() throws IOException {
    assertEquals(5, colors("--update -k 5 --dither bayer", "--small"));
    assertEquals(7, colors("-qk7"));
    assertEquals(7, colors("-fvk 7 --skip-existing"));
    Run run = kmqWithDefaults("-k 5 --small", "encode", folder.resolve("a.png"), "--rdo", "x");
    assertEquals(2, run.exit());
    assertEquals(2, run.err().lines().count(), run.err());
  }

  @Test
  void optionsOfOtherCommandsAreIgnored() throws IOException {
    assertEquals(7, colors("--csv 'a table' -k 7 --bits --region 1,2,3,4"));
    Run run = kmqWithDefaults("-k 7 --dither spatial --json", "info", folder.resolve("a.kmq"));
    assertEquals(0, run.exit(), run.err());
    assertEquals(7, run.json().get(0).get("colors").asInt());
  }

  @Test
  void namesWithSpaces() throws IOException {
    Path picture = png("a.png", noise(20, 20, 1));
    Run run = kmqWithDefaults("--name \"{name} small\"'est'", "encode", picture);
    assertEquals(0, run.exit(), run.err());
    assertTrue(Files.exists(folder.resolve("a smallest.kmq")));
    run = kmqWithDefaults("--name x", "encode", picture, "-o", folder.resolve("b.kmq"));
    assertEquals(0, run.exit(), run.err());
    assertFalse(Files.exists(folder.resolve("x.kmq")));
  }

  @Test
  void valuesOfRepeatableOptionsAreReplaced() throws IOException {
    Path image = png("b.png", noise(9, 9, 1));
    for (String method : new String[] {"rans", "mix"}) {
      Object[] given = {"sweep", image, "-k", "2", "--json", "--method", "rans"};
      Object[] args = method.equals("rans") ? given : Arrays.copyOf(given, 5);
      Run run = kmqWithDefaults("--method mix", args);
      assertEquals(1, run.json().size(), run.err());
      assertEquals(method, run.json().get(0).get("method").asText());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "photo.jpg|KMQ_OPTS: 'photo.jpg' is not an option of a command",
        "--colours 5|KMQ_OPTS: '--colours' is not an option of a command",
        "--help|KMQ_OPTS: '--help' is not an option of a command",
        "--|KMQ_OPTS: '--' is not an option of a command",
        "-k|KMQ_OPTS: -k needs a value",
        "-k 8 \"x|KMQ_OPTS: a quote (\") is not closed",
      })
  void whatIsNotAnOptionIsRefused(String defaults, String message) {
    Run run = kmqWithDefaults(defaults, "encode", "a.png");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(0, kmqWithDefaults(defaults, "--version").exit());
    assertEquals(0, kmqWithDefaults(defaults, "encode", "--help").exit());
  }
}
