package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.cli.view.Screenshot;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the terminal gets is decoded and compared with the image. */
class ViewCommandTest extends CommandTest {
  private static BufferedImage decoded(String form, byte[] bytes) throws IOException {
    return switch (form) {
      case "kitty" -> Screenshot.ofKitty(bytes);
      case "sixel" -> Screenshot.ofSixel(bytes);
      default -> Screenshot.ofBlocks(bytes);
    };
  }

  private static int difference(int a, int b) {
    int most = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      most = Math.max(most, Math.abs((a >>> shift & 0xFF) - (b >>> shift & 0xFF)));
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({"kitty,0", "sixel,2", "blocks,0"})
  void showsThePixels(String form, int tolerance) throws IOException {
    BufferedImage image = new BufferedImage(33, 25, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 25; y++) {
      for (int x = 0; x < 33; x++) {
        image.setRGB(x, y, x / 4 * 30 << 16 | y / 2 * 20 << 8 | (x + y) % 2 * 200);
      }
    }
    Path path = png("a.png", image);
    kmq("encode", path);
    for (Path input : List.of(path, folder.resolve("a.kmq"))) {
      Run run = kmq("view", "--as", form, "--width", 60, input);
      assertEquals(0, run.exit(), run.err());
      BufferedImage shown = decoded(form, run.bytes());
      assertEquals(33, shown.getWidth());
      for (int y = 0; y < 25; y++) {
        for (int x = 0; x < 33; x++) {
          int off = difference(image.getRGB(x, y), shown.getRGB(x, y));
          assertTrue(off <= tolerance, x + "," + y + " differs by " + off);
        }
      }
    }
  }

  @Test
  void the256ColoursAreDithered() throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    int color = 0xB09060;
    for (int i = 0; i < 1600; i++) {
      image.setRGB(i % 40, i / 40, color);
    }
    Run run = kmq("view", "--as", "blocks256", "--width", 60, png("a.png", image));
    BufferedImage shown = Screenshot.ofBlocks(run.bytes());
    for (int shift = 0; shift < 24; shift += 8) {
      int sum = 0;
      for (int i = 0; i < 1600; i++) {
        sum += shown.getRGB(i % 40, i / 40) >>> shift & 0xFF;
      }
      assertEquals(color >>> shift & 0xFF, sum / 1600.0, 6);
    }
  }

  @ParameterizedTest
  @CsvSource({"kitty,160,106", "sixel,160,106", "blocks,20,14", "blocks256,20,14"})
  void isReducedToTheWidth(String form, int width, int height) throws IOException {
    Path path = png("a.png", quarters(300, 200));
    BufferedImage shown = decoded(form, kmq("view", "--as", form, "--width", 20, path).bytes());
    assertEquals(width, shown.getWidth());
    assertTrue(Math.abs(height - shown.getHeight()) <= 1, "height " + shown.getHeight());
    assertEquals(0xFFFF0000, shown.getRGB(1, 1));
    assertEquals(0xFFFFFFFF, shown.getRGB(width - 2, height - 3));
  }

  @Test
  void transparentPixelsShowACheckerboard() throws IOException {
    Path path = png("a.png", new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB));
    BufferedImage shown =
        Screenshot.ofBlocks(kmq("view", "--as", "blocks", "--width", 40, path).bytes());
    assertEquals(0xFF999999, shown.getRGB(0, 0));
    assertEquals(0xFF666666, shown.getRGB(4, 0));
    assertEquals(0xFF999999, shown.getRGB(4, 4));
  }

  @Test
  void asciiHasNoEscapeCodes() throws IOException {
    BufferedImage image = new BufferedImage(3, 4, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 4; y++) {
      image.setRGB(1, y, 0xFFFFFF);
      image.setRGB(2, y, y < 2 ? 0x808080 : 0);
    }
    assertEquals(" @=\n @\n", kmq("view", "--as", "ascii", png("a.png", image)).out());
  }

  @Test
  void formIsNeededWithoutATerminal() throws IOException {
    Path path = png("a.png", quarters(4, 4));
    Run run = kmq("view", path);
    assertEquals(2, run.exit());
    assertEquals(
        "kmq view: standard output is not a terminal; choose a form with --as, such as --as blocks",
        run.err().lines().findFirst().orElseThrow());
    assertTrue(kmqWith(new byte[0], true, "view", path).bytes().length > 0);
    assertEquals(2, kmq("view", "--as", "gif", path).exit());
    assertEquals(2, kmq("view", "--as", "ascii", "--width", "0", path).exit());
  }

  @Test
  void severalImagesAreNamedAndFailuresAreThatOfOne() throws IOException {
    Path good = png("a.png", quarters(4, 4));
    Path bad = Files.writeString(folder.resolve("b.png"), "not an image");
    Run run = kmq("view", "--as", "ascii", bad, good);
    assertEquals(1, run.exit());
    assertEquals(good.toString(), run.out().lines().findFirst().orElseThrow());
    assertTrue(run.err().startsWith("kmq: " + bad + ": "), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0", "", "x", "24", "-3 -4", "24 80 1"})
  void sizesThatAreNoneAreReplaced(String answer) {
    TerminalSize otherwise = new TerminalSize(101, 31);
    assertEquals(otherwise, TerminalSize.parsed(answer, otherwise));
  }

  @Test
  void sizeOfTheTerminal() {
    assertEquals(
        new TerminalSize(132, 43), TerminalSize.parsed("43 132", new TerminalSize(80, 24)));
    assertEquals(new TerminalSize(80, 24), TerminalSize.parsed("24 80", new TerminalSize(101, 31)));
    assertEquals(new TerminalSize(100, 24), TerminalSize.of(Map.of("COLUMNS", "100"), false));
  }
}
