package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each exit code, and what is written with it. */
class ExitCodesTest extends CommandTest {
  private static final String TARGET = "--target-psnr";

  @Test
  void doneIs0() throws IOException {
    Path good = png("good.png", noise(20, 20, 1));
    assertEquals(0, kmq("encode", good).exit());
    assertEquals(0, kmq("encode", "--skip-existing", good).exit());
    assertEquals(List.of("good.kmq", "good.png"), files());
  }

  @Test
  void aFailedInputIs1() throws IOException {
    Path good = png("good.png", noise(20, 20, 1));
    Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
    assertEquals(1, kmq("encode", bad, good).exit());
    assertEquals(1, kmq("encode", "--skip-existing", TARGET, 90, "-k", 2, bad, good).exit());
    assertEquals(List.of("bad.png", "good.kmq", "good.png"), files());
  }

  @Test
  void wrongUsageIs2AndNothingIsDone() throws IOException {
    Path good = png("good.png", noise(20, 20, 1));
    assertEquals(2, kmq("encode", good, "--colours", 3).exit());
    assertEquals(2, kmq("encode", good, "-k", 0).exit());
    assertEquals(2, kmq("encod", good).exit());
    assertEquals(2, kmq().exit());
    assertEquals(List.of("good.png"), files());
  }

  @Test
  void aTargetThatIsNotMetIs3() throws IOException {
    Path good = png("good.png", noise(20, 20, 1));
    Path easy = png("easy.png", quarters(8, 8));
    Run run = kmq("encode", TARGET, 90, "-k", 8, good, easy);
    assertEquals(3, run.exit(), run.err());
    assertEquals(List.of("easy.kmq", "easy.png", "good.png"), files());
    Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
    assertEquals(1, kmq("encode", "-f", TARGET, 90, "-k", 8, good, bad).exit(), "1 outweighs 3");
  }

  @Test
  void oneBadFileOfAThousandFailsAlone() throws IOException {
    Path one = png("in/0.png", noise(8, 8, 1));
    for (int i = 1; i < 1000; i++) {
      Path file = folder.resolve("in/" + i + ".png");
      if (i == 500) {
        Files.writeString(file, "no image");
      } else {
        Files.copy(one, file);
      }
    }
    Path out = folder.resolve("out");
    Run run = kmq("encode", "-r", folder.resolve("in"), "--out-dir", out);
    assertEquals(1, run.exit());
    assertEquals(1, run.err().lines().filter(line -> !line.contains("warning")).count(), run.err());
    assertTrue(run.err().contains("500.png: not an image"), run.err());
    assertEquals(999, files().stream().filter(name -> name.startsWith("out/")).count());
    String last = run.out().lines().reduce("", (a, b) -> b);
    assertTrue(last.startsWith("999 images") && last.contains("1 failed"), last);
  }
}
