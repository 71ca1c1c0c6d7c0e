package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.cli.picture.PictureWriter;
import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.KmqImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The table of sizes in README.md holds what the codec gives for the sample now. */
final class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));

  private static List<String> cells(String line) {
    String inner = line.strip().replaceAll("^\\||\\|$", "");
    return List.of(inner.strip().split(" *\\| *", -1));
  }

  @Test
  void theTableOfSizesIsWhatTheCodecGives() throws IOException {
    List<List<String>> table =
        Files.readAllLines(ROOT.resolve("README.md")).stream()
            .dropWhile(line -> !line.startsWith("|"))
            .takeWhile(line -> line.startsWith("|"))
            .map(ReadmeTest::cells)
            .toList();
    assertEquals(List.of("K", "packed", "deflate", "rans", "mix", "PNG8", "PSNR"), table.get(0));
    assertEquals(
        List.of("2", "16", "64", "256"),
        table.subList(2, table.size()).stream().map(row -> row.get(0)).toList());
    Path sample = ROOT.resolve("tools/sample/landscape.jpg");
    PixelSource pixels = KmqImages.pixels(ImageIO.read(sample.toFile()));
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
      assertEquals(number((int) PictureWriter.pngBytes(image)), row.get(5), "PNG8, K = " + k);
    }
  }

  private static String number(int bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }
}
