package dev.kmq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Shared by tests of the command: a folder, images, and running it as a process would. */
abstract class CommandTest {
  @TempDir Path folder;

  /** The result of a run. */
  static final class Run {
    private final int exit;
    private final byte[] bytes;
    private final String err;

    Run(int exit, byte[] bytes, String err) {
      this.exit = exit;
      this.bytes = bytes;
      this.err = err;
    }

    int exit() {
      return exit;
    }

    /** Standard output. */
    byte[] bytes() {
      return bytes;
    }

    /** Standard error. */
    String err() {
      return err;
    }

    String out() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Standard output as one JSON object per line. */
    List<JsonNode> json() {
      ObjectMapper mapper = new ObjectMapper();
      return out()
          .lines()
          .map(
              line -> {
                try {
                  return mapper.readTree(line);
                } catch (IOException e) {
                  throw new AssertionError("no JSON: " + line, e);
                }
              })
          .toList();
    }
  }

  static Run kmq(Object... args) {
    return kmqWith(new byte[0], false, args);
  }

  static Run kmqWith(byte[] input, boolean outputIsTerminal, Object... args) {
    return run(input, outputIsTerminal, null, args);
  }

  /** Runs the command with the default options of a user. */
  static Run kmqWithDefaults(String defaults, Object... args) {
    return run(new byte[0], false, defaults, args);
  }

  private static Run run(
      byte[] input, boolean outputIsTerminal, @Nullable String defaults, Object[] args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input),
            Terminal.utf8(out),
            Terminal.utf8(err),
            outputIsTerminal,
            false,
            true,
            false);
    String[] words = Stream.of(args).map(String::valueOf).toArray(String[]::new);
    int exit = KmqCommand.run(terminal, defaults, words);
    return new Run(exit, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  /** An image of many colours. */
  static BufferedImage noise(int width, int height, long seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  /** An image of four colours. */
  static BufferedImage quarters(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    Color[] colors = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < 4; i++) {
      g.setColor(colors[i]);
      g.fillRect(i % 2 * width / 2, i / 2 * height / 2, width, height);
    }
    g.dispose();
    return image;
  }

  Path png(String name, BufferedImage image) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    ImageIO.write(image, "png", path.toFile());
    return path;
  }

  /** Names of all files below the folder, sorted. */
  List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(p -> folder.relativize(p).toString())
          .sorted()
          .toList();
    }
  }

  static boolean samePixels(BufferedImage a, BufferedImage b) {
    if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
      return false;
    }
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        if (a.getRGB(x, y) != b.getRGB(x, y)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Runs the command in a process of its own, whose heap has this size. */
  final Run withHeap(int mebibytes, Object... args) throws IOException, InterruptedException {
    return java(List.of("-Xmx" + mebibytes + "m"), args);
  }

  /** Runs the command in a process of its own, with options of the JVM. */
  final Run java(List<String> options, Object... args) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.add("-XX:TieredStopAtLevel=1");
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), KmqCommand.class.getName()));
    for (Object arg : args) {
      words.add(String.valueOf(arg));
    }
    Path err = folder.resolve("err");
    Path out = folder.resolve("out");
    int exit =
        new ProcessBuilder(words)
            .redirectError(err.toFile())
            .redirectOutput(out.toFile())
            .start()
            .waitFor();
    return new Run(exit, Files.readAllBytes(out), Files.readString(err));
  }
}
