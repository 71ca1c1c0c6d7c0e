package dev.kmq.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllBenchmarksTest {
  @TempDir private Path folder = Path.of("");

  private static String refusal(String... args) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> AllBenchmarks.print(args, System.out));
    return String.valueOf(refusal.getMessage());
  }

  /** A report by a clone without builds. */
  private Report print(String... args) throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setProperty("kmq.root", folder.toString());
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      boolean complete = AllBenchmarks.print(args, System.out);
      return new Report(bytes.toString(StandardCharsets.UTF_8), complete);
    } finally {
      System.setOut(before);
      System.clearProperty("kmq.root");
    }
  }

  private record Report(String text, boolean complete) {}

  @Test
  void sectionsAreChosenByName() throws IOException, InterruptedException {
    Path image = folder.resolve("a.png");
    ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
    Report report = print("--only", "^sizes$|^spark$", image.toString());
    assertTrue(report.complete());
    assertTrue(report.text().startsWith("# Benchmarks\n\n- Time: "), report.text());
    assertTrue(report.text().contains("\n- Processor: "), report.text());
    assertTrue(report.text().contains("\n- Java: "), report.text());
    assertTrue(report.text().contains("| PNG8 (ImageIO) | "), report.text());
    assertEquals(2, report.text().split("\n## ", -1).length - 1, report.text());
    assertTrue(report.text().contains("\n- Spark: not installed\n"), report.text());
    assertTrue(report.text().contains("\nNot installed: Spark. "), report.text());
  }

  @Test
  void aSectionThatFailsIsStated() throws IOException, InterruptedException {
    Path kmq = Files.createDirectories(folder.resolve("tools")).resolve("kmq");
    Files.writeString(kmq, "#!/bin/sh\nexit 1\n");
    assertTrue(kmq.toFile().setExecutable(true));
    Report report = print("--only", "^start-time$|^spark$");
    assertFalse(report.complete());
    assertTrue(report.text().contains("\nFailed: tools/kmq cannot be built"), report.text());
    assertTrue(report.text().contains("\n## Spark\n"), report.text());
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertEquals(
        "--only none matches no JMH benchmark and none of the sections palettes, sizes, looks,"
            + " rates, rdo, start-time, large, spark",
        refusal("--only", "none"));
    String size = refusal("--large", "8192x6144,100x100");
    assertTrue(size.endsWith("such as 8192x6144, not 100x100"), size);
    assertEquals("no such file: none.png", refusal("none.png"));
    assertTrue(refusal("--iterations", "x").contains("--iterations"));
    assertTrue(refusal("--only", "(").contains("--only ("));
  }
}
