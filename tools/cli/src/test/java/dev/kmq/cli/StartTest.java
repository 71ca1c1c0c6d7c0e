package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

/** A short run initialises no class of a large library that it does not need. */
class StartTest extends CommandTest {
  private static final List<String> LARGE =
      List.of(
          "picocli/",
          "com/fasterxml/",
          "java/awt/",
          "sun/awt/",
          "javax/imageio/ImageIO",
          "javax/imageio/spi/",
          "java/util/Formatter",
          "java/util/logging/",
          "java/util/ResourceBundle");

  /** Classes in the order of their initialisation. */
  private List<String> initialised(Object... args) throws IOException, InterruptedException {
    Path log = folder.resolve("classes");
    Files.deleteIfExists(log);
    Run run = java(List.of("-Xlog:class+init=info:file=" + log, "-Dkmq.terminals="), args);
    assertEquals(0, run.exit(), run.err());
    return Pattern.compile("Initializing '([^']+)'")
        .matcher(Files.readString(log))
        .results()
        .map(MatchResult::group)
        .map(line -> line.substring(line.indexOf('\'') + 1, line.length() - 1))
        .toList();
  }

  private static List<String> large(List<String> classes) {
    return classes.stream().filter(c -> LARGE.stream().anyMatch(c::startsWith)).toList();
  }

  @Test
  void encodingPngNeedsNone() throws IOException, InterruptedException {
    Path many = png("many.png", noise(20, 20, 1));
    List<String> classes = initialised("encode", "-f", "-o", folder.resolve("a.kmq"), many);
    assertTrue(classes.contains("dev/kmq/cli/KmqCommand"));
    assertEquals(List.of(), large(classes));
    Path interlaced = interlaced(40, 30);
    classes = initialised("encode", "-f", "-o", folder.resolve("a.kmq"), interlaced);
    assertEquals(List.of(), large(classes), "interlaced");
    classes = initialised("encode", "-fk8", "-o", folder.resolve("a.kmq"), many);
    assertTrue(large(classes).contains("picocli/CommandLine"), "joined letters are for picocli");
  }

  /** An interlaced PNG of 16 bits a sample. */
  private Path interlaced(int width, int height) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    Path file = folder.resolve("interlaced.png");
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(grey, null, null), param);
    } finally {
      writer.dispose();
    }
    assertEquals(1, Files.readAllBytes(file)[28], "interlaced");
    return file;
  }

  @Test
  void theVersionNeedsNone() throws IOException, InterruptedException {
    assertEquals(List.of(), large(initialised("--version")));
  }
}
