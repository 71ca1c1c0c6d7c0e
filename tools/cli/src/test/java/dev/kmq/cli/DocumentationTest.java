package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of the documentation work, print what is shown, and its links lead somewhere. */
class DocumentationTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"docs/guide.md,kmq,38,4"})
  void commandsWorkAndPrintWhatIsShown(String page, String program, int commands, int outputs)
      throws Exception {
    assumeTrue(File.separatorChar == '/', "a shell as on Unix");
    for (String name : List.of("landscape.jpg", "chart.png")) {
      Files.copy(ROOT.resolve("tools/sample/" + name), folder.resolve(name));
    }
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(folder.resolve("chart.png"), pictures.resolve("chart.png"));
    ImageIO.write(CommandTest.noise(40, 30, 1), "jpg", pictures.resolve("noise.jpg").toFile());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.kmq.cli.PageCommands",
                ROOT.resolve(page).toString(),
                program)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    List<Integer> numbers =
        Pattern.compile("\\d+")
            .matcher(printed.lines().reduce("", (a, b) -> b))
            .results()
            .map(found -> Integer.valueOf(found.group()))
            .toList();
    assertTrue(numbers.get(0) >= commands && numbers.get(1) >= outputs, printed);
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    TreeSet<String> broken = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT, 3)) {
      for (Path page :
          files
              .filter(f -> f.toString().endsWith(".md") && !f.toString().contains("/target/"))
              .toList()) {
        String text = Files.readString(page).replaceAll("(?ms)^```.*?^```", "");
        for (MatchResult link : LINK.matcher(text).results().collect(Collectors.toList())) {
          if (!link.group(1).matches("[a-z]+:.*") && !exists(page, link.group(1))) {
            broken.add(ROOT.relativize(page) + ": " + link.group(1));
          }
        }
      }
    }
    assertEquals(new TreeSet<>(), broken);
  }

  private static boolean exists(Path page, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (!Files.exists(file)) {
      return false;
    }
    return parts.length == 1
        || HEADING
            .matcher(Files.readString(file))
            .results()
            .anyMatch(heading -> anchor(heading.group(1)).equals(parts[1]));
  }

  /** The anchor of a heading as code hosting sites make it. */
  private static String anchor(String heading) {
    return heading
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("[^\\w\\- ]", "")
        .replace(' ', '-');
  }
}
