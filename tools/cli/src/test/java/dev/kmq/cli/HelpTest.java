package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The help of a command is short and has every option. */
class HelpTest {
  @ParameterizedTest
  @CsvSource({
    "encode,82",
    "decode,45",
    "info,35",
    "check,35",
    "sweep,60",
    "palette,45",
    "compare,25",
    "view,35",
    "thumbnail,25"
  })
  void isShort(String verb, int lines) {
    String inputs = verb.equals("compare") ? "A B" : verb.equals("thumbnail") ? "IN" : "IN...";
    String usage = "Usage: kmq " + verb + " [OPTIONS] " + inputs;
    for (String option : List.of("-h", "--help")) {
      List<String> help = CommandTest.kmq(verb, option).out().lines().toList();
      int most = option.equals("-h") ? 24 : lines;
      assertTrue(help.size() <= most, () -> help.size() + " lines");
      help.forEach(line -> assertTrue(line.length() <= 80, line));
      assertEquals(usage, help.get(0));
    }
    assertEquals(CommandTest.kmq(verb, "--help").out(), CommandTest.kmq("help", verb).out());
  }

  @Test
  void helpOfAllFitsAScreen() {
    for (String option : List.of("-h", "--help")) {
      List<String> help = CommandTest.kmq(option).out().lines().toList();
      assertTrue(help.size() <= 30, () -> help.size() + " lines");
      help.forEach(line -> assertTrue(line.length() <= 80, line));
    }
    CommandTest.Run run = CommandTest.kmq();
    assertEquals(2, run.exit());
    assertEquals(CommandTest.kmq("-h").out(), run.err());
  }

  @Test
  void termsAndExitCodesAreExplainedOnce() {
    String help = CommandTest.kmq("encode", "--help").out();
    assertEquals(2, help.split("Exit codes:", -1).length);
    assertEquals(2, help.split("Terms:", -1).length);
    assertFalse(CommandTest.kmq("encode", "-h").out().contains("Exit codes:"));
  }

  /** Each example does what it shows. */
  @ParameterizedTest
  @CsvSource({
    "kmq",
    "encode",
    "decode",
    "info",
    "check",
    "sweep",
    "compare",
    "palette",
    "view",
    "thumbnail"
  })
  void examplesWork(String command, @TempDir Path root) throws IOException {
    List<String> examples = HelpText.examples(command);
    assertFalse(examples.isEmpty());
    for (String example : examples) {
      Path folder = Files.createTempDirectory(root, "run");
      makeFiles(folder);
      Files.deleteIfExists(folder.resolve(output(example)));
      List<Object> words = new ArrayList<>();
      for (String word : example.replaceAll(" *#.*", "").split(" +", -1)) {
        boolean file = FILES.contains(word) || word.contains(".") && !word.contains(" ");
        words.add(file ? folder.resolve(word) : word);
      }
      assertEquals("kmq", words.remove(0));
      boolean terminal = command.equals("view");
      CommandTest.Run run = CommandTest.kmqWith(new byte[0], terminal, words.toArray());
      int exit = words.contains("--salvage") ? ExitCodes.FAILED : ExitCodes.DONE;
      assertEquals(exit, run.exit(), () -> example + ": " + run.err());
      for (Object word : words.subList(1, words.size())) {
        assertTrue(!(word instanceof Path file) || Files.exists(file), () -> example + " " + word);
      }
    }
  }

  /** The file that an example writes and others read. */
  private static String output(String example) {
    if (example.startsWith("kmq encode")) {
      return "photo.kmq";
    }
    return example.contains("-o all.gpl") ? "all.gpl" : "none";
  }

  private static final List<String> FILES = List.of("pictures", "small", "png", "archive");

  private static void makeFiles(Path folder) throws IOException {
    BufferedImage image = new BufferedImage(96, 80, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 96 * 80; i++) {
      image.setRGB(i % 96, i / 96, i % 96 * 2 << 16 | i / 96 * 3 << 8 | 0x40);
    }
    Path photo = folder.resolve("photo.jpg");
    ImageIO.write(image, "jpg", photo.toFile());
    Files.copy(photo, Files.createDirectory(folder.resolve("pictures")).resolve("a.jpg"));
    for (String kmq : List.of("photo.kmq", "map.kmq", "small/b.kmq", "archive/c.kmq", "bad.kmq")) {
      Path file = folder.resolve(kmq);
      Files.createDirectories(file.getParent());
      CommandTest.kmq("encode", "-k", 16, "--tile", "32x32", photo, "-o", file);
    }
    byte[] bytes = Files.readAllBytes(folder.resolve("bad.kmq"));
    bytes[bytes.length - 100] ^= 1;
    Files.write(folder.resolve("bad.kmq"), bytes);
    CommandTest.kmq("palette", "-k", 16, photo, "-o", folder.resolve("all.gpl"));
  }

  @ParameterizedTest
  @CsvSource({
    "encode",
    "decode",
    "info",
    "check",
    "sweep",
    "palette",
    "compare",
    "view",
    "thumbnail"
  })
  void namesEveryOptionOnce(String verb) throws ReflectiveOperationException {
    String name = Character.toUpperCase(verb.charAt(0)) + verb.substring(1) + "Command";
    List<String> options = new ArrayList<>(List.of("--help"));
    collect(Class.forName("dev.kmq.cli." + name), options);
    assertTrue(options.size() > 5, "options of " + verb);
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
            "Examples:",
            "Common options:",
            "Palette and colours:",
            "Size and quality:",
            "Files:",
            "Reports and limits:",
            "Terms:"),
        headings);
  }
}
