package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of the documentation work and print what is shown. */
class DocumentationTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"docs/guide.md,38,4", "docs/dithering.md,9,0", "README.md,10,0"})
  void commandsWorkAndPrintWhatIsShown(String page, int commands, int outputs) throws Exception {
    assumeTrue(File.separatorChar == '/', "a shell as on Unix");
    for (String name : List.of("landscape.jpg", "chart.png")) {
      Files.copy(ROOT.resolve("tools/sample/" + name), folder.resolve(name));
    }
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(folder.resolve("chart.png"), pictures.resolve("chart.png"));
    ImageIO.write(CommandTest.noise(40, 30, 1), "jpg", pictures.resolve("noise.jpg").toFile());
    for (String name : List.of("sky", "skin", "icon")) {
      shrink("docs/dithering/" + name + ".png");
    }
    shrink("tools/sample/landscape.jpg");
    Files.copy(folder.resolve("tools/sample/landscape.jpg"), folder.resolve("photo.jpg"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                CLASS_PATH,
                "dev.kmq.cli.PageCommands",
                ROOT.resolve(page).toString())
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

  /** A small copy of an image: what the commands write does not matter here. */
  private void shrink(String name) throws IOException {
    BufferedImage image = ImageIO.read(ROOT.resolve(name).toFile());
    boolean jpeg = name.endsWith(".jpg");
    int type = jpeg ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    BufferedImage small = new BufferedImage(96, 64, type);
    small.createGraphics().drawImage(image, 0, 0, 96, 64, null);
    Path copy = folder.resolve(name);
    Files.createDirectories(copy.getParent());
    ImageIO.write(small, jpeg ? "jpg" : "png", copy.toFile());
  }

  /** GNU make runs the rule, with the command in a shell function's place. */
  @Test
  void theMakefileMakesAFile() throws Exception {
    assumeTrue(
        System.getenv("CI") != null || Files.isExecutable(Path.of("/usr/bin/make")),
        "make is not installed");
    String page = Files.readString(ROOT.resolve("docs/guide.md"));
    String rule = page.replaceAll("(?s)^.*?\\n```make\\n(.*?)```.*$", "$1");
    Files.writeString(folder.resolve("Makefile"), rule);
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(ROOT.resolve("tools/sample/chart.png"), pictures.resolve("chart.png"));
    Files.createDirectory(folder.resolve("small"));
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path kmq = bin.resolve("kmq");
    Files.writeString(
        kmq,
        "#!/bin/sh\nexec \"%s\" -cp \"$CP\" dev.kmq.cli.KmqCommand \"$@\"\n"
            .formatted(Path.of(System.getProperty("java.home"), "bin", "java")));
    assertTrue(kmq.toFile().setExecutable(true));
    ProcessBuilder make = new ProcessBuilder("make", "small/chart.kmq");
    make.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    make.environment().put("CP", CLASS_PATH);
    Process process = make.directory(folder.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    assertTrue(Files.size(folder.resolve("small/chart.kmq")) > 100, printed);
  }
}
