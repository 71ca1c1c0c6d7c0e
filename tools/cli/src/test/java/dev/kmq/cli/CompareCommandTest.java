package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.cli.report.ErrorMap;
import dev.kmq.imageio.KmqImages;
import dev.kmq.metrics.Comparison;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CompareCommandTest extends CommandTest {
  private static JsonNode one(Run run) {
    assertEquals(0, run.exit(), run.err());
    List<JsonNode> objects = run.json();
    assertEquals(1, objects.size());
    return objects.get(0);
  }

  @Test
  void equalImagesOfDifferentFormats() throws IOException {
    Path image = png("a.png", quarters(40, 30));
    Path kmq = folder.resolve("a.kmq");
    kmq("encode", image, "-o", kmq);
    JsonNode json = one(kmq("compare", image, kmq, "--json"));
    assertEquals(image.toString(), json.get("a").asText());
    assertEquals(kmq.toString(), json.get("b").asText());
    assertEquals(0, json.get("mse").asDouble(-1));
    assertTrue(json.get("psnr").isNull());
    assertEquals(1, json.get("ssim").asDouble(), 1e-6);
    assertEquals(100, json.get("ssimulacra2").asDouble());
    assertEquals(0, json.get("dssim").asDouble(-1), 1e-9);
    assertEquals(0, json.get("maxError").asDouble(-1));
    assertTrue(json.get("error").isNull());
    String text = kmq("compare", image, kmq).out();
    assertTrue(text.matches("(?s).*\\bPSNR +infinite\\b.*"), text);
  }

  @Test
  void measuresAreThoseOfTheLibrary() throws IOException {
    BufferedImage image = noise(50, 40, 1);
    Path a = png("a.png", image);
    Path kmq = folder.resolve("a.kmq");
    kmq("encode", a, "-k", 16, "-o", kmq);
    BufferedImage decoded = ImageIO.read(kmq.toFile());
    Comparison expected = Comparison.of(KmqImages.pixels(image), KmqImages.pixels(decoded), 1);
    JsonNode json = one(kmq("compare", a, kmq, "--json", "-j", 3));
    assertEquals(expected.error().mse(), json.get("mse").asDouble());
    assertEquals(expected.error().psnr(), json.get("psnr").asDouble());
    assertEquals(expected.ssim(), json.get("ssim").asDouble());
    assertEquals(expected.ssimulacra2(), json.get("ssimulacra2").asDouble());
    assertEquals(expected.dssim(), json.get("dssim").asDouble());
    assertEquals(expected.error().maxError(), json.get("maxError").asDouble());
    String text = kmq("compare", a, kmq).out();
    assertEquals(8, text.lines().count(), text);
    assertTrue(text.contains("50x40 pixels"), text);
  }

  @Test
  void standardInputIsEitherImage() throws IOException {
    Path a = png("a.png", quarters(20, 20));
    Path b = png("b.png", noise(20, 20, 1));
    JsonNode expected = one(kmq("compare", a, b, "--json"));
    JsonNode first = one(kmqWith(Files.readAllBytes(a), false, "compare", "-", b, "--json"));
    JsonNode second = one(kmqWith(Files.readAllBytes(b), false, "compare", a, "-", "--json"));
    assertEquals("-", first.get("a").asText());
    assertEquals("-", second.get("b").asText());
    for (String key : List.of("mse", "ssim", "ssimulacra2", "dssim")) {
      assertEquals(expected.get(key), first.get(key));
      assertEquals(expected.get(key), second.get(key));
    }
    Run both = kmq("compare", "-", "-");
    assertEquals(2, both.exit());
    assertTrue(both.err().contains("standard input can be only one"), both.err());
  }

  @Test
  void differentSizesFail() throws IOException {
    Path a = png("a.png", quarters(20, 20));
    Path b = png("b.png", quarters(20, 21));
    Run run = kmq("compare", a, b, "--json");
    assertEquals(1, run.exit());
    assertEquals(
        "kmq: %s, %s: the sizes differ: 20x20 and 20x21 pixels; compare images of the same size%n"
            .formatted(a, b),
        run.err());
    JsonNode json = run.json().get(0);
    assertTrue(json.get("mse").isNull());
    assertTrue(json.get("error").asText().startsWith("the sizes differ"));
  }

  @Test
  void theFileThatCannotBeReadIsNamed() throws IOException {
    Path a = png("a.png", quarters(20, 20));
    Path missing = folder.resolve("missing.png");
    Path damaged = Files.writeString(folder.resolve("text.png"), "not an image");
    for (Path bad : List.of(missing, damaged)) {
      for (Run run : List.of(kmq("compare", a, bad), kmq("compare", bad, a))) {
        assertEquals(1, run.exit());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("kmq: " + bad + ": "), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
      }
    }
    assertEquals(1, kmq("compare", a, folder).exit());
    assertEquals(1, kmq("compare", a, a, "--max-pixels", 399).exit());
  }

  @Test
  void wrongUsage() throws IOException {
    Path a = png("a.png", quarters(20, 20));
    assertEquals(2, kmq("compare", a).exit());
    assertEquals(2, kmq("compare", a, a, a).exit());
    assertEquals(2, kmq("compare", a, a, "--jobs", 0).exit());
    assertEquals(2, kmq("compare", a, a, "--max-pixels", 0).exit());
    assertEquals(2, kmq("compare", a, a, "--max-work", 0).exit());
  }

  @Test
  void heatmapShowsTheErrorOfEveryPixel() throws IOException {
    BufferedImage a = noise(30, 20, 1);
    BufferedImage b = noise(30, 20, 2);
    b.setRGB(3, 4, a.getRGB(3, 4));
    Path map = folder.resolve("map.png");
    Run run = kmq("compare", png("a.png", a), png("b.png", b), "--heatmap", map);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("  " + map + ": errors as RGB distances: black 0,"), run.out());
    BufferedImage found = ImageIO.read(map.toFile());
    BufferedImage expected = KmqImages.image(ErrorMap.of(KmqImages.pixels(a), KmqImages.pixels(b)));
    assertTrue(samePixels(expected, found));
    assertEquals(0xFF000000, found.getRGB(3, 4));
    assertTrue(found.getRGB(3, 5) != 0xFF000000);
  }

  @Test
  void existingFilesAndInputsAreKept() throws IOException {
    Path a = png("a.png", quarters(20, 20));
    byte[] before = Files.readAllBytes(a);
    Path map = folder.resolve("map.png");
    assertEquals(0, kmq("compare", a, a, "--heatmap", map).exit());
    Run again = kmq("compare", a, a, "--heatmap", map);
    assertEquals(1, again.exit());
    assertEquals("", again.out());
    assertTrue(again.err().contains("exists; use --force to replace it"), again.err());
    assertEquals(0, kmq("compare", a, a, "-f", "--heatmap", map).exit());
    Path page = Files.copy(a, folder.resolve("b.html"));
    for (Object[] args :
        new Object[][] {{"--heatmap", a}, {"--report", page}, {"--heatmap", folder + "/./a.png"}}) {
      Run run = kmq("compare", a, page, "-f", args[0], args[1]);
      assertEquals(1, run.exit());
      assertTrue(run.err().contains("is also an input; name another output"), run.err());
      assertEquals("", run.out());
    }
    assertArrayEquals(before, Files.readAllBytes(a));
    assertArrayEquals(before, Files.readAllBytes(page));
  }

  @Test
  void otherSuffixesAreRefused() throws IOException {
    Path a = png("a.png", quarters(20, 20));
    for (String name : List.of("map.jpg", "map", "-", "map.html")) {
      Run run = kmq("compare", a, a, "--heatmap", name);
      assertEquals(2, run.exit());
      assertTrue(
          run.err().contains("--heatmap " + name + ": the file must end in .png"), run.err());
    }
    assertEquals(2, kmq("compare", a, a, "--report", folder.resolve("r.png")).exit());
    assertEquals(List.of("a.png"), files());
  }

  @Test
  void failuresLeaveNoFile() throws IOException {
    Path a = png("a.png", quarters(20, 20));
    Path b = png("b.png", quarters(20, 21));
    Path map = folder.resolve("map.png");
    Path page = folder.resolve("r.html");
    assertEquals(1, kmq("compare", a, b, "--heatmap", map, "--report", page).exit());
    assertEquals(List.of("a.png", "b.png"), files());
    Run run = kmq("compare", a, a, "--heatmap", folder.resolve("no/map.png"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("no does not exist"), run.err());
  }
}
