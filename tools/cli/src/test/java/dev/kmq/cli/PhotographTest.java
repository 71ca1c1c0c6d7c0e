package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.Kmq;
import dev.kmq.image.IndexedImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real photographs, from the folder that the property {@code kmq.corpus} names. */
class PhotographTest extends CommandTest {
  private static final int PHOTOGRAPHS = 2;

  private List<Path> photographs = List.of();

  @BeforeEach
  void find() throws IOException {
    String corpus = System.getProperty("kmq.corpus", "");
    assumeTrue(!corpus.isEmpty() && Files.isDirectory(Path.of(corpus)), "a folder of photographs");
    try (Stream<Path> files = Files.walk(Path.of(corpus))) {
      photographs =
          files
              .filter(p -> p.toString().matches(".*\\.(png|jpg|jpeg)"))
              .sorted()
              .filter(p -> isPhotograph(p)) // one after the other, no more than it takes
              .limit(PHOTOGRAPHS)
              .toList();
    }
    assertEquals(PHOTOGRAPHS, photographs.size(), "photographs in " + corpus);
  }

  /** Large enough, and with many colours. */
  private static boolean isPhotograph(Path path) {
    try {
      if (Files.size(path) < 200_000 || Files.size(path) > 1_500_000) {
        return false;
      }
      BufferedImage image = ImageIO.read(path.toFile());
      int width = image.getWidth();
      int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
      return Arrays.stream(pixels).distinct().count() > 10_000;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void everyMethodComesBackAsItWent() throws IOException {
    for (Path photograph : photographs) {
      List<Long> sizes = new ArrayList<>();
      IndexedImage first = null;
      for (String method : List.of("packed", "deflate", "rans", "mix")) {
        Path file = folder.resolve(method + ".kmq");
        Run run =
            kmq(
                "encode",
                "-f",
                "-k",
                64,
                "--effort",
                "fast",
                "--method",
                method,
                "--json",
                photograph,
                "-o",
                file);
        assertEquals(0, run.exit(), run.err());
        JsonNode facts = run.json().get(0);
        double psnr = facts.get("psnr").doubleValue();
        assertTrue(psnr > 24 && psnr < 50, photograph + ": " + psnr + " dB");
        assertEquals(64, facts.get("colors").intValue());
        sizes.add(Files.size(file));
        assertEquals(0, kmq("check", file).exit());
        IndexedImage image = Kmq.decode(Files.readAllBytes(file));
        first = first == null ? image : first;
        assertTrue(sameIndices(first, image), photograph + " by " + method);
        Path png = folder.resolve("back.png");
        assertEquals(0, kmq("decode", "-f", file, "-o", png).exit());
        assertTrue(samePixels(image, ImageIO.read(png.toFile())), photograph + " by " + method);
      }
      assertTrue(
          sizes.get(3) < sizes.get(2) && sizes.get(2) < sizes.get(1) && sizes.get(1) < sizes.get(0),
          photograph + ": " + sizes);
    }
  }

  @Test
  void moreColoursAreNearer() throws IOException {
    Run run = kmq("sweep", "--effort", "fast", "-k", "2,16,128", "--json", photographs.get(0));
    assertEquals(0, run.exit(), run.err());
    double before = 0;
    for (JsonNode row : run.json()) {
      double psnr = row.get("psnr").doubleValue();
      assertTrue(psnr > before + 3, row.toString());
      before = psnr;
    }
  }

  private static boolean sameIndices(IndexedImage a, IndexedImage b) {
    if (!a.palette().equals(b.palette()) || a.width() != b.width() || a.height() != b.height()) {
      return false;
    }
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < a.width(); x++) {
        if (a.plane().get(x, y) != b.plane().get(x, y)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean samePixels(IndexedImage a, BufferedImage b) {
    if (a.width() != b.getWidth() || a.height() != b.getHeight()) {
      return false;
    }
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < a.width(); x++) {
        if (a.argb(x, y) != b.getRGB(x, y)) {
          return false;
        }
      }
    }
    return true;
  }
}
