package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.KmqImages;
import dev.kmq.picture.PictureWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * The image and the table of README.md hold what the command and the codec give for the sample now.
 * With the property {@code kmq.update} the image is written instead of compared.
 */
final class ReadmeTest extends CommandTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final Path SAMPLE = ROOT.resolve("tools/sample/landscape.jpg");
  private static final Path PICTURE = ROOT.resolve("docs/before-after.png");

  /** The options of the panels next to the original. */
  private static final List<List<Object>> PANELS =
      List.of(List.of("-k", 128, "--small"), List.of("-k", 32, "--small"));

  /** The part of the sample that a panel shows, and the space between panels. */
  private static final int X = 300;

  private static final int Y = 180;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 240;
  private static final int GAP = 8;

  private static List<String> cells(String line) {
    String inner = line.strip().replaceAll("^\\||\\|$", "");
    return List.of(inner.strip().split(" *\\| *", -1));
  }

  private static List<List<String>> table(String firstCell) throws IOException {
    return Files.readAllLines(ROOT.resolve("README.md")).stream()
        .dropWhile(line -> !line.startsWith("| " + firstCell + " |"))
        .takeWhile(line -> line.startsWith("|"))
        .map(ReadmeTest::cells)
        .toList();
  }

  @Test
  void theTableOfSizesIsWhatTheCodecGives() throws IOException {
    List<List<String>> table = table("K");
    assertEquals(List.of("K", "packed", "deflate", "rans", "mix", "PNG8", "PSNR"), table.get(0));
    assertEquals(
        List.of("2", "16", "64", "256"),
        table.subList(2, table.size()).stream().map(row -> row.get(0)).toList());
    PixelSource pixels = KmqImages.pixels(ImageIO.read(SAMPLE.toFile()));
    for (List<String> row : table.subList(2, table.size())) {
      int k = Integer.parseInt(row.get(0));
      IndexedImage image =
          new KmqEncoder(EncodeOptions.builder().colors(k).build()).quantize(pixels);
      for (Method method : Method.values()) {
        int column = table.get(0).indexOf(method.label());
        int bytes = Kmq.encode(image, EncodeOptions.builder().methods(method).build()).length;
        assertEquals(number(bytes), row.get(column), method.label() + ", K = " + k);
      }
      double psnr = ColorError.of(pixels, image.pixels(), 0).psnr();
      assertEquals(String.format(Locale.ROOT, "%.1f dB", psnr), row.get(6), "K = " + k);
      assertEquals(number(PictureWriter.pngBytes(image)), row.get(5), "PNG8, K = " + k);
    }
  }

  /** The panels are described by a table below the image, with sizes and scores. */
  @Test
  void thePictureShowsWhatTheCommandGives() throws IOException {
    BufferedImage original = ImageIO.read(SAMPLE.toFile());
    BufferedImage picture =
        new BufferedImage(3 * WIDTH + 2 * GAP, HEIGHT, BufferedImage.TYPE_INT_RGB);
    picture.createGraphics().fillRect(0, 0, picture.getWidth(), HEIGHT);
    draw(picture, 0, original);
    List<List<String>> table = table("original");
    assertEquals(number(Files.size(SAMPLE)) + " bytes as JPEG", table.get(2).get(0));
    for (int i = 0; i < PANELS.size(); i++) {
      Path kmq = folder.resolve(i + ".kmq");
      List<Object> args = new java.util.ArrayList<>(List.of("encode", SAMPLE, "-o", kmq));
      args.addAll(PANELS.get(i));
      assertEquals(0, kmq(args.toArray()).exit());
      draw(picture, i + 1, KmqImages.rgbImage(Kmq.read(kmq)));
      String score =
          String.format(
              Locale.ROOT,
              "SSIMULACRA2 %.1f",
              kmq("compare", "--json", SAMPLE, kmq).json().get(0).get("ssimulacra2").asDouble());
      assertEquals(
          number(Files.size(kmq)) + " bytes, " + score, table.get(2).get(i + 1), table.toString());
      String options = String.join(" ", PANELS.get(i).stream().map(String::valueOf).toList());
      assertTrue(table.get(0).get(i + 1).contains("`" + options + "`"), table.toString());
    }
    if (System.getProperty("kmq.update") != null) {
      ImageIO.write(picture, "png", PICTURE.toFile());
    }
    assertTrue(samePixels(picture, ImageIO.read(PICTURE.toFile())));
  }

  @Test
  void theDrawingTakesTheBytesOfReadme() throws IOException {
    Path chart = ROOT.resolve("tools/sample/chart.png");
    Path kmq = folder.resolve("chart.kmq");
    Run run = kmq("encode", chart, "-o", kmq);
    assertTrue(run.out().contains("exact"), run.out());
    String text = "from %s bytes to %s without loss";
    text = text.formatted(number(Files.size(chart)), number(Files.size(kmq)));
    assertTrue(Files.readString(ROOT.resolve("README.md")).contains(text), text);
  }

  private static void draw(BufferedImage picture, int panel, BufferedImage image) {
    int left = panel * (WIDTH + GAP);
    picture.createGraphics().drawImage(image.getSubimage(X, Y, WIDTH, HEIGHT), left, 0, null);
  }

  private static String number(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }
}
