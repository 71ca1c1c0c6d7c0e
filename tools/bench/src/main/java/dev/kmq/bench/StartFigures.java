package dev.kmq.bench;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Processor time of short runs of programs, from their start to their end, over all threads: of a
 * Java program that prints a line, and of peers that read a photograph and an icon, which is the
 * photograph reduced to 64x64. They take turns, so that what else happens on the machine meets all
 * of them; a turn is five runs. Prints a Markdown row for each, with the median and the least of
 * the turns in milliseconds, and the ratio of its median to that of the Java program.
 */
public final class StartFigures {
  private static final int ICON = 64;

  /** Runs one after another that are timed together, because the clock is coarse. */
  private static final int TOGETHER = 5;

  private static final String HELLO =
      """
      public class Hello {
        public static void main(String[] args) {
          System.out.println("hello");
        }
      }
      """;

  /** A program with what it works on, and the times of its turns. */
  private record Case(Peer peer, Map<String, String> fill, List<Double> seconds) {
    double median() {
      double[] sorted = seconds.stream().mapToDouble(s -> s).sorted().toArray();
      return sorted[sorted.length / 2];
    }

    double least() {
      return seconds.stream().mapToDouble(s -> s).min().orElseThrow();
    }
  }

  private StartFigures() {}

  /**
   * Measures.
   *
   * @param args a photograph, and {@code --turns 9} and {@code --peer "NAME: COMMAND"}, where
   *     {@code {in}} is replaced by a PNG and {@code {out}} by the name of a file that may exist; a
   *     peer without {@code {in}} runs without an image
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments arguments = new Arguments(args, "--turns");
    int turns = Integer.parseInt(arguments.get("--turns", "9"));
    Path folder = Files.createTempDirectory("start");
    try {
      List<Case> cases = cases(arguments, folder);
      for (Case one : cases) {
        one.peer.run(one.fill); // so that archives are made and files are cached
      }
      for (int i = 0; i < turns; i++) {
        for (Case one : cases) {
          one.seconds.add(one.peer.processorSeconds(one.fill, TOGETHER));
        }
      }
      print(System.out, cases);
    } finally {
      delete(folder);
    }
  }

  private static List<Case> cases(Arguments arguments, Path folder)
      throws IOException, InterruptedException {
    BufferedImage photograph = ImageIO.read(new File(arguments.pictures().get(0)));
    Path photo = folder.resolve("photo.png");
    Path icon = folder.resolve("icon.png");
    ImageIO.write(photograph, "png", photo.toFile());
    ImageIO.write(reduced(photograph), "png", icon.toFile());
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(hello(folder), Map.of(), new ArrayList<>()));
    for (Peer peer : arguments.peers()) {
      if (!peer.command().contains("{in}")) {
        cases.add(new Case(peer, Map.of(), new ArrayList<>()));
        continue;
      }
      for (Path in : List.of(icon, photo)) {
        String name = peer.name() + ", " + String.valueOf(in.getFileName()).replace(".png", "");
        Path out = folder.resolve("out");
        cases.add(
            new Case(
                new Peer(name, peer.command()),
                Map.of("{in}", in.toString(), "{out}", out.toString()),
                new ArrayList<>()));
      }
    }
    return cases;
  }

  private static BufferedImage reduced(BufferedImage image) {
    BufferedImage icon = new BufferedImage(ICON, ICON, BufferedImage.TYPE_INT_RGB);
    var graphics = icon.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, ICON, ICON, null);
    graphics.dispose();
    return icon;
  }

  /** The JVM that runs this program, with a program of one line. */
  private static Peer hello(Path folder) throws IOException, InterruptedException {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path source = folder.resolve("Hello.java");
    Files.writeString(source, HELLO, StandardCharsets.UTF_8);
    new Peer("javac", bin.resolve("javac") + " -d " + folder + " " + source).run(Map.of());
    return new Peer("bare JVM", bin.resolve("java") + " -cp " + folder + " Hello");
  }

  private static void print(PrintStream out, List<Case> cases) {
    Table table = new Table(out, "CPU time in ms", List.of("median", "least", "to bare JVM"));
    double bare = cases.get(0).median();
    for (Case one : cases) {
      table.row(
          one.peer.name(),
          List.of(
              format(1000 * one.median(), 0),
              format(1000 * one.least(), 0),
              format(one.median() / bare, 1)));
    }
  }

  private static String format(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static void delete(Path folder) throws IOException {
    File[] files = folder.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      Files.delete(file.toPath());
    }
    Files.delete(folder);
  }
}
