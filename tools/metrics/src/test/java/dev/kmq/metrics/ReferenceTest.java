package dev.kmq.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.image.PixelSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Scores against those of the reference implementations, where a table of them is beside the folder
 * that the property {@code kmq.corpus} names.
 */
class ReferenceTest {
  private static PixelSource read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    int width = image.getWidth();
    int height = image.getHeight();
    return PixelSource.of(width, height, image.getRGB(0, 0, width, height, null, 0, width));
  }

  @TestFactory
  Stream<DynamicTest> scoresAreThoseOfTheReferences() throws IOException {
    Path corpus = Path.of(System.getProperty("kmq.corpus", ""));
    Path folder = corpus.resolveSibling("measure").resolve("looks");
    assumeTrue(Files.isDirectory(folder), () -> "no folder " + folder);
    List<String> lines = Files.readAllLines(folder.resolve("reference.csv"));
    List<String> columns = List.of(lines.get(0).split(",", -1));
    return lines.stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .map(
            cells ->
                DynamicTest.dynamicTest(cells.get(1), () -> test(columns, cells, corpus, folder)));
  }

  private static void test(List<String> columns, List<String> cells, Path corpus, Path folder)
      throws IOException {
    PixelSource original = read(corpus.resolve(cells.get(columns.indexOf("original"))));
    PixelSource distorted = read(folder.resolve(cells.get(columns.indexOf("distorted"))));
    double ssimulacra2 = Double.parseDouble(cells.get(columns.indexOf("ssimulacra2")));
    double dssim = Double.parseDouble(cells.get(columns.indexOf("dssim")));
    double psnr = Double.parseDouble(cells.get(columns.indexOf("psnr")));
    Comparison found = Comparison.of(original, distorted, 2);
    assertEquals(ssimulacra2, found.ssimulacra2(), 0.1);
    assertEquals(dssim, found.dssim(), 0.02 * dssim);
    assertEquals(psnr, found.error().psnr(), 0.001);
  }
}
