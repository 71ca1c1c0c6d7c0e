package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Every file that the specification keeps permanently, through each entry point of ImageIO. */
final class CompatibilityTest {
  private static final Path FOLDER = Path.of("../spec/compatibility");

  @Test
  void everyFileFromAFileAStreamAndAnUrl() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
      files = all.filter(f -> f.toString().endsWith(".kmq")).sorted().toList();
    }
    assertTrue(files.size() >= 84, files.size() + " files");
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      try (KmqReader reader = KmqReader.open(bytes, DecodeOptions.defaults())) {
        if (reader.header().colorSpace() != ColorSpace.SRGB) {
          continue; // converted by the reader; tested elsewhere
        }
      }
      int[] expected = Kmq.decode(bytes).toArgb();
      assertArrayEquals(expected, argb(ImageIO.read(file.toFile())), file.toString());
      assertArrayEquals(
          expected, argb(ImageIO.read(new ByteArrayInputStream(bytes))), file.toString());
      assertArrayEquals(expected, argb(ImageIO.read(file.toUri().toURL())), file.toString());
    }
  }

  private static int[] argb(BufferedImage image) {
    assertNotNull(image);
    int width = image.getWidth();
    return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
  }
}
